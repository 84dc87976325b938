#pragma once

#include <array>
#include <string_view>

/// Examples of RFC 7518 and RFC 7520, and messages that the npm package `jose` made for the same key.
namespace symbolon::crypto::jose::vectors {

// RFC 7518 Appendix B.
inline constexpr std::string_view content =
    "A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy "
    "without inconvenience";
inline constexpr std::string_view bound = "The second principle of Auguste Kerckhoffs";
inline constexpr std::string_view iv = "1af38c2dc2b96ffdd86694092341bc04";
// B.1: A128CBC-HS256, the key is 00 to 1f.
inline constexpr std::string_view small_ciphertext =
    "c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9a94ac9b47ad2655c5f10f9aef71427e2fc6f9b3f399a2214"
    "89f16362c703233609d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b384c486f3a54c51078158ee5d79de59f"
    "bd34d848b3d69550a67646344427ade54b8851ffb598f7f80074b9473c82e2db";
inline constexpr std::string_view small_tag = "652c3fa36b0a7c5b3219fab3a30bc1c4";
// B.3: A256CBC-HS512, the key is 00 to 3f.
inline constexpr std::string_view large_ciphertext =
    "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f07"
    "7553df829410446b36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3a3b75e662a2594410ae496b2e2e6609e"
    "31e6e02cc837f053d21f37ff4f51950bbe2638d09dd7a4930930806d0703b1f6";
inline constexpr std::string_view large_tag = "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5";

// RFC 7518 Appendix C: Alice's ephemeral key, Bob's key, and what they agree on for A128GCM.
inline constexpr std::string_view alice_x = "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0";
inline constexpr std::string_view alice_y = "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps";
inline constexpr std::string_view bob_x = "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ";
inline constexpr std::string_view bob_y = "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck";
inline constexpr std::string_view bob_d = "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw";
inline constexpr std::string_view agreed = "VqqN6vgjbSBcIijNcacQGg";

// RFC 7520 §5.5: ECDH-ES with A128CBC-HS256.
inline constexpr std::string_view frodo_d = "r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8";
inline constexpr std::string_view frodo_begins = "You can trust us to stick with you through thick and thin";
inline constexpr std::string_view frodo =
    "eyJhbGciOiJFQ0RILUVTIiwia2lkIjoibWVyaWFkb2MuYnJhbmR5YnVja0BidWNrbGFuZC5leGFtcGxlIiwiZXBrIjp7Imt0eSI6IkVDIiwiY3J2"
    "IjoiUC0yNTYiLCJ4IjoibVBVS1RfYkFXR0hJaGcwVHBqanFWc1AxclhXUXVfdndWT0hIdE5rZFlvQSIsInkiOiI4QlFBc0ltR2VBUzQ2ZnlXdzVN"
    "aFlmR1RUMElqQnBGdzJTUzM0RHY0SXJzIn0sImVuYyI6IkExMjhDQkMtSFMyNTYifQ..yc9N8v5sYyv3iGQT926IUg.BoDlwPnTypYq-ivjmQvA"
    "YJLb5Q6l-F3LIgQomlz87yW4OPKbWE1zSTEFjDfhU9IPIOSA9Bml4m7iDFwA-1ZXvHteLDtw4R1XRGMEsDIqAYtskTTmzmzNa-_q4F_evAPUmwlO"
    "-ZG45Mnq4uhM1fm_D9rBtWolqZSF3xGNNkpOMQKF1Cl8i8wjzRli7-IXgyirlKQsbhhqRzkv8IcY6aHl24j03C-AR2le1r7URUhArM79BY8soZU0"
    "lzwI-sD5PZ3l4NDCCei9XkoIAfsXJWmySPoeRb2Ni5UZL4mYpvKDiwmyzGd65KqVw7MsFfI_K767G9C9Azp73gKZD0DyUn1mn0WW5LmyX_yJ-3AR"
    "Oq8p1WZBfG-ZyJ6195_JGG2m9Csg.WCCkNa-x4BeB9hIDIfFuhg";

// By `jose` 6.2.17, to Bob: ECDH-ES with apu and apv and A256CBC-HS512, then ECDH-ES+A128KW with A128GCM and
// A128CBC-HS256, then ECDH-ES+A256KW with A256GCM and A256CBC-HS512.
inline constexpr std::string_view half_of_a_token = "half of a token";
inline constexpr std::array<std::string_view, 5> of_others{
    "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkNCQy1IUzUxMiIsImtpZCI6ImJvYiIsImVwayI6eyJ4IjoiNkJrSW1jYk5GZnVYZDUybEhJUlBp"
    "QkJKNm5MVjFmVDZ5a0VmUkVnYVZNZyIsImNydiI6IlAtMjU2Iiwia3R5IjoiRUMiLCJ5IjoibmpuVVRiWTBTTVRsT25TTUJSZ0hNbV83azhpQlpU"
    "MDdBNUREaTBKWjVOayJ9LCJhcHUiOiJRV3hwWTJVIiwiYXB2IjoiUW05aSJ9..acbOd0fwOjoGdCO4-EotZA.NEF_xYTLA8tRbZCRCF0zgQ.tscy"
    "ScgAfw9FAAKNqCpsQKRMKjCBcjhbFzvZ10JF6GQ",
    "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkExMjhHQ00iLCJraWQiOiJib2IiLCJlcGsiOnsieCI6IjY2YUZESU9hSVQ0SkYyV2lMTXdl"
    "NXBaa1pTckZLUE5QbEI0OG1QRy1UNUkiLCJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieSI6IlNwTE5ORlcxWHdMdmExZHZ4VnpPUEV1ajF4dnpj"
    "SFhRTDEzc0FpaUZNN1EifX0.H3oQ5tKxfFES-o9pKytVFInzdMz1ytQJ.NApWwJaf5khnOcBP.KLSJxsSd9q3s4CBKERPK.vLioDYWryKEtFE5Pe"
    "Y1jYQ",
    "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkExMjhDQkMtSFMyNTYiLCJraWQiOiJib2IiLCJlcGsiOnsieCI6IkZaaVFXdEgwWDQ0YzhX"
    "b2ZvYzB5RG05YkZWeGxTSm03aHFRaFdzWVFkSEEiLCJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieSI6IlFZR0lWb1hFckNNR0NibHFqc2Q3eUZ3"
    "TThZUlprV2JtTTItZDRNWExTZzgifX0.sof2VZViEsOy9eb6ICeZJuG-3PhSc5igS6lITy62BlaPlG-8giRRZA.vSWRnzsvW_thxH3NG6GV-Q.jV"
    "F2Qp_T8vlrnLSAeljisg.RME6pVhqVCUMxLgEYHuVSQ",
    "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00iLCJraWQiOiJib2IiLCJlcGsiOnsieCI6IlptTk9mRVhpbENmcnd3S3M5VFJt"
    "SDVlQkJuMzRrTVE5YkNFNklrVmRxbzgiLCJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieSI6IkJybFpyblZ4b05rM2R2NWxsYlE1MmtzSnZRaHBf"
    "a0RLSE8yak5XdmVpWk0ifX0.-cckN-lh8TqjNdRZyoIMQO5XLrOT0my2B1XAsVx1gOAPDWo9KM6MZA.ZDD8N4klZmJ8EzVK.V16vEUoabgGrz-JE"
    "z3Uo.Nu5-VZHW9KC3GQJTH2621A",
    "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZDQkMtSFM1MTIiLCJraWQiOiJib2IiLCJlcGsiOnsieCI6InZkeWNtak5OZ0lmbHB3"
    "WUZJaXoyd3BlTnhhZHdmd3plOGNCWVpodC1INnMiLCJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieSI6InZXbDRLXzNvaUxQdVh4MEZ2S2pTY0dv"
    "MHhnbkVoT1lnLVBxZWJMUVFWQ0EifX0.XzJFwn1ARsPcnnvsVEpbelQxd3lxs3eYeNguoavR0c2cF50ioHxRx4JscZmVydsa_-4m_rC0yCeltcfT"
    "H2S70s3qas-dImzY.vNOc7iZC6MTwWOQPxunp-g._JX6nFiUk0AU33xg0W-m9A.ZJo6-7sZrKHmEjdJuo51WTCevVh3ddKmN-fSpostGUw"};

}  // namespace symbolon::crypto::jose::vectors
