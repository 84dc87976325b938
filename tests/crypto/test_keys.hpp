#pragma once

#include "base/encoding.hpp"
#include "crypto/jose/jwk.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace symbolon {

/// Signing keys for tests. To make one takes longer than most tests do, and every test is a process of its own.
/// `number`: 0 to 2.
inline const crypto::jose::SigningKey& test_key(std::size_t number) {
    constexpr std::array<std::string_view, 3> pkcs8{
        "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCw/n3aVoT2acyKAM9GieaYsiavoNsuoWmdVM6BMmACx8A693tp"
        "5qqJ9wMRIZrJ2oPjeMSkVQ+ukj6GmACSWPyBjZHyNWn5b2Rx+ArJi0XSu6v5umwEzwUXw61Rmack3qk8PQqJ8tWrMIv+TrAMvIiO"
        "WfZeE3bVxjXBeF0B5+Yq0jmRvuRs0oFOaYod6fcTTjNuvXmD6GLt/+Yped817rIPfptNRGQMwgYBI5nlWMGvgdMPDTuGhiMCODPp"
        "QvzoJF170KssJe2MsdnCpYnNenMxI0MbiMaPgySkYw72g6SmSvE+ERDX/I45D3GcAyXsu+TNGfXThRk/YGqrr8CesQFvAgMBAAEC"
        "ggEAOzsvit3haUVGufhDZWvIy9jysVu3fgdufMRgx0PAda27WwBvQKV89ObBE/6W+m4yLPHBfO0qblVqr0g3CMLW3dQuv0u4x0zL"
        "5IgJtCDzoO5FQzFr7MALCETnv6MYGHKbWBllaXzmnH+GmfhjWh/N4zWgCSOiZTAL1U8ecQDWOgXJBH+8Ns66ByaeKCPPo2DR5E8l"
        "PRufYjyL+tjpf7s9jieWbY5aeLHMLiZTRsMQT5+d4ltP8nYkj9sHtkmvTY1U3NMcnSZxAKKA47UWR73Pg3d+4XG17adu5h4tI4B/"
        "hcC2oVjJhYc88q9eBS7P0LZBrlQ5drocl/sOyEEPO9Uh4QKBgQDtY9ZSjSK8E7GNGkqcQWamEll8Pp7hme/eUlBnJCLQnzRcmwWE"
        "0uwxCh3kvg36lKEDQoA++Tq40l7l6pZY4FnhfL7KJ0nK5hZSbcEwT5SzGtMYe9/BDidWeDBDjt3SSwhkUAOJi0N0mecHg2UKIB9m"
        "Th2TS5YBXNLN436jmXZSMwKBgQC+3pLiwekwaDvTMdKHgvJekIfsIe7T8pM/7AWbc+3+7ib8wci/HU4ASyy5P97LjkvOm9bemmPY"
        "TgPkClScqZBH3YwAq+1KxKKDqfv/gsx/95pUQo3PBphm+Fw3kMMnfgqEsD4NaZGGYuykr3ZpH4IWIzfevO6Ke+Lt1+2bHnvv1QKB"
        "gAIoqkZN6kbzluXFm3AYWCqieBXdK+y5Takj7n9BoN9s0zkUX9R5ZpR7lxIBeHcS6vPwouHvukz7/MjyfTOJtseKLuH/wXgK56EQ"
        "RnV+A8gtMkZCuiIzUsBCj43Nus6yx/zBjYausYpZ6/PxifWxnRd9Fl/EjDSu92vP6dLrDlxpAoGAdb6+ZE51ORyEE2P/2QLp23ZT"
        "s1K3j15sghlq2BwrLIHj4Tb2TReZ38qAO4NwQKh2kW1HnyklAPIXqlzJF5/u1raQQHXPO7mT+58oStZ4q1SmiuZHrvgFmjgKQ2j1"
        "Su6RNIu4q/N9B6cNDwcDCBSc3mU5eRmaGioUst7qwC+NC0UCgYAELdU747hKdDjiuUABK2+D6y0pRwlty9vhru4qwp4mHM/jNLLn"
        "+R9bedngsmIeaSokWtS1lscz4b9A3MInik7BdpxCyGi5/3lmXtWQQbi9Ayutv1PulKDvaOf2X3l7N3QW8ueKROfhz+PHFel/BJQf"
        "HzMRW8fhySq+ik23Bbox9A==",
        "MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQC08qM1+I0xHNT7XI7/TZDeYfKDjRWUkAg2XMI8PkF53Ly9QswP"
        "9L2f2vlEGg126NGTYJeR+NuGaHIrR6l7q0pQ5PlVYohEyAHpvrMCote3NT2YWvsr8uBO8nVriHLv0Ard/cPeX7lvLsBFhzU3cck7"
        "cAyD04sWuckgvhUF69J6JZlfz9G2j4vIYWOxOdKGpzJ3WPpRzHu8AS0XM7PTOwb2au6w7YJ2RIV+j16MDg6Y+5gfRHonC9XlqLjJ"
        "XEZXfPOjwi7WiEoq0h3U//98Lpwyw4vGB0htDxH9OJsj4jAX4amAUagkfQ9djR+SLyY+CfKm9oZ4Bk/26HOxUsZHPAwnAgMBAAEC"
        "ggEABbmzs655++GB/7NttuL5FYBF5dGzVXBlQiBsk5losEwYEL5UqfXq1hcIp2tSR76VewiluHGxCIS02sJkDiIHskg8d24sX6Nw"
        "eWPrqBwHn/1oRdzYcQs4pmbXk5/NUIyQUMvfGbcvrTaZJi9hXgVqAkkeVuwnoirIvrzPpNCnEpmg0WA3kqia4Ui+ODY4BcAtSba9"
        "He5gALUUoz4Wvw86yWoZ6PwmTggZPjN9ALdvHaNYyKfN/2Qx12y17PT1z8v4OYfrKn/ukSUkXYyFhfkFne4Mu2f/geKmUTqp9OeE"
        "EDkbxhIPyLVPeXqwlQfrKLHmiL0EsJMoDmh9Au+TFUiimQKBgQD+bCi0g0lbLP3j/v2kaaBXuTl+hWJSY8Tr6VB4l/hB73tmNWto"
        "b+c9dVUYo5MzxASkCOWRYRQSjF9Zs1amA7Kmrsy43wA9PwW8pBHPEqDqwtkdfKtZlfcaNngLBIj5EmE7MrHETYzqHg0DF7JBFPTm"
        "M3+/K6ozOUx9GpApn5oYOwKBgQC2EdpvhHvy5O5Hp3tRYi1I4EZkYhosF3QYUU+qXKMfesoWPJ9Idj7BMEWbBi2YE3+Fwu0g645Y"
        "xhALy+HP+Az2ZVMIyHFTsPKBNBzteyPSPYwH+F3BGEHgK7KhipyfyGmXrdCMYZBdXNym8diY34nD/NcE0/idGmDmpvvPNKaJBQKB"
        "gQD87IsewLEpKbYQdQqz6qmS67kDVRhkbXhzShNMf082RRv4hLyNK0nHaCA7iUmqGYC/jXSirM5mjhOwOb+29FAisf0k/9PeDwvl"
        "93kY0R0VpLRwQuKZAaOP9Hwr/8snSKVOU1wzmSCwEUXAQEtdtbasLqAdbQwbNiga6lBMgLSQxwKBgQCC/FMnOawmshbPTCnHAhfM"
        "PzXFUGK9592pBQ6IZP8iTaeH2fNKIW/CcuUQw6AXsadj5znMHkuZiFzQ78w0X6OLvJfBUNtfN4Uv+Pr6y0WZIphUv5VLrxTtnuJz"
        "n5JQzdFRw0WvSR2gXYeNP57xVJj7fDKBEbLh67FdHzM3/gv1tQKBgQDbytp93jUqiwecGlxU1q+zufoJEx+mMACm9J9CEA2UI4WU"
        "6Ox7diy8LQsEpQegtL2Hl8mbAaQJC8D6DrLhSgzEVX2Gprk7WC0Eb+hvghhhz6B8uu+by5l280xyJCEfHSTn+s0IPbaidC13w4cE"
        "6qvMSLTZRpFN/90IjkWC2R8tfw==",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDhbFv9ZJFmpAGy9RZlpfBuKTasNhVJwJyiRfzsssQiURpTLhjt"
        "rqLPbTRzd7h4Fo21jqW4e0IV6yTEy7yj9mpWt2jz950zmrcTver+666NJjkZ0XWprLJ8eA9CoXwghCvVnvm/c7pSiDubiypFrx8m"
        "hE9B3VyYwHoFSWVRzp6k40XzXqbJHbRqbAg4RgC5VKu4Ocg79pjrZ/wiVDS815RCkK/Apvy/pfCOLIx19+ZQ8ydHJfeKR79qRP32"
        "TFUf3HXsel286sb4ZVGwQgMFD0nL4Qv/lJcgI6or1pR3gJ7wvW5EV35ADAAHpUQsxzaJ8trvzkWjKVff26O6tdCgqAazAgMBAAEC"
        "ggEAbMyO7ZLvdpmr1ELkZ3UawSCVKbMEvU8AinW7KEbz0RhR21nBYF5MaE7t5NkgqJ1CEiHiLFMZR1jxqyYmSwCwvF/TgQS+09xV"
        "hmrAk/8OhUOwhZyJ7LXUg6yyuNcWAN+qBHWxVs01XYYxNtaJNY7bOwza8BA2E+e6PPj6tOxDt5KuGXCBNNCfI2dYxusc/uobu438"
        "TxJXY63P0PujTIICbDWwZbzhDcv+b+m4faDufQbpxC+12uPr7rnh7NF6VEhii7hugTgLDZD8/NacULVD20PnfC6hQyQ+uv1PJP8p"
        "L2Qx5AB0+Th/Uk0d2/3fVtoAQEuafXkA5h5yzNQ4CxsBCQKBgQDwRDY/4VTimCazDY8ah7+torpWr+oWU3u+aqj0uNhe011AWOiG"
        "qugrzRFUqaB47iG5Hxnahrb2QeqzcHE2MFbjZ78NR/QE27Z3ApnpQKjkf71PVQTxhGtUotXGoR/dTPIZ1FttaLjKdAYzM1816pmQ"
        "BLB43rdVlX9tAKs0sLi2ZwKBgQDwL1GfyGAqShB3Mnf/oXq/q8TWOkKzBhRW6eR3tGFfjN7CBLpeIq+J4lxLCpNl3At2C+9ySdd7"
        "fzY2wNhNnJ21QRJZHIo1VwLkDUQv8stY5vmWxclAaUMchh0OiHHhYq4s5mMeSWedw393+iUZrn8rKGZ2p1yuFiW42VaS+a3F1QKB"
        "gHmJF6QCmIyyiEjkX/H8nvH3Majt/Uxj2GF+1I5N/m0hH7eQAbc1NpIJfm3EDD9/vaFF4S8QG/a/azhvdWUC2MDZVuQh9IaMmWTj"
        "9PTvVz+Wei1qBUEiSaSbZeW+1T59UK3OJJ1YbrlCLWyy3MOKMzmNlbLefgCVycpanz/c8OKbAoGBAKNGF3++EBlPZegRp99f33jC"
        "hLl4u3TFkjgPIZ96QKNauOc9nY92lsvt0/2zP8YDksr5jBmuNsyeCrWn3KLN76uSg62OKCngb3elyQ+rRi62PT8QTyH5LIUMal5B"
        "xOCJW4vsRb8F+WkWx+VAZ84QgCRPf2/zj55MMfJ51E9vaYDNAoGAGvdrffBejZOVsrKTVhat5J/CGY0hWeX1GHBHYBJyORdaG8hH"
        "kw3kQLb5t6dYpk3SL2UtOYZyuj7bQ5PPQYxivEwAseDHBLrFVz4Vs2pZRGkOVRtIC5NJ/e4AECi5BfKy4hnRSnjLnCbQTvRraET3"
        "OAOmFSF8OZo9t0CVA68OP2s="};
    static const std::array<crypto::jose::SigningKey, 3> keys{
        crypto::jose::SigningKey::from_der(*parse_base64(pkcs8[0])),
        crypto::jose::SigningKey::from_der(*parse_base64(pkcs8[1])),
        crypto::jose::SigningKey::from_der(*parse_base64(pkcs8[2]))};
    return keys.at(number);
}

}  // namespace symbolon
