#include "crypto/compromised_passwords.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/common_passwords.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace symbolon::crypto {
namespace {

std::string sha1(const std::string& text) {
    std::array<std::uint8_t, 20> digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    auto hex = to_hex(digest);
    for (auto& c : hex) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return hex;
}

class CompromisedPasswordsTest : public testing::Test {
protected:
    CompromisedPasswordsTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "symbolon-list-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        path = folder + "/list.txt";
    }
    ~CompromisedPasswordsTest() override { std::filesystem::remove_all(folder); }

    void write(const std::string& text) { std::ofstream(path, std::ios::binary | std::ios::trunc) << text; }
    /// A list as it is published: sorted, with counts of different lengths and CRLF.
    void write_list(int passwords) {
        std::set<std::string> lines;
        for (int i = 0; i < passwords; ++i)
            lines.insert(sha1("leaked-" + std::to_string(i)) + ":" + std::to_string(i * i + 1));
        std::string text;
        for (const auto& line : lines) text += line + "\r\n";
        write(text);
    }
    static bool holds(const CompromisedPasswords& list, const std::string& password) {
        return list.contains(Password(password));
    }
    Errc refusal() {
        try {
            const CompromisedPasswords list(path);
        } catch (const Error& error) {
            return error.code;
        }
        return Errc::internal;
    }

    std::string folder;
    std::string path;
};

TEST_F(CompromisedPasswordsTest, finds_every_one_of_a_list_and_no_other) {
    for (const int size : {1, 2, 60, 5000}) {
        write_list(size);
        const CompromisedPasswords list(path);
        for (int i = 0; i < size; ++i) ASSERT_TRUE(holds(list, "leaked-" + std::to_string(i))) << i << " of " << size;
        for (int i = 0; i < 200; ++i) ASSERT_FALSE(holds(list, "fresh-" + std::to_string(i))) << i << " of " << size;
    }
}

TEST_F(CompromisedPasswordsTest, takes_lists_without_counts_and_in_lower_case) {
    std::set<std::string> lines;
    for (int i = 0; i < 300; ++i) {
        auto line = sha1(std::to_string(i));
        for (auto& c : line) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        lines.insert(line);
    }
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    write(text);
    const CompromisedPasswords list(path);
    for (int i = 0; i < 300; ++i) EXPECT_TRUE(holds(list, std::to_string(i))) << i;
}

TEST_F(CompromisedPasswordsTest, refuses_what_is_no_sorted_list_of_hashes) {
    EXPECT_EQ(refusal(), Errc::invalid_parameter) << "no file";
    for (const std::string& text :
         {std::string(), std::string("password\n"), std::string(40, 'G') + "\n", std::string(41, 'A') + "\n",
          "B" + std::string(39, '0') + ":1\nA" + std::string(39, '0') + ":1\n"}) {
        write(text);
        EXPECT_EQ(refusal(), Errc::invalid_parameter) << text;
    }
    std::filesystem::remove(path);
    std::filesystem::create_directory(path);
    EXPECT_EQ(refusal(), Errc::invalid_parameter) << "a folder";
}

TEST_F(CompromisedPasswordsTest, damaged_in_the_middle_holds_nothing_rather_than_shutting_everybody_out) {
    write_list(5000);
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto size = std::filesystem::file_size(path);
    file.seekp(static_cast<std::streamoff>(size / 3));
    file << std::string(size / 3, 'x');
    file.close();
    const CompromisedPasswords list(path);
    EXPECT_FALSE(holds(list, "leaked-1"));
    EXPECT_TRUE(holds(list, "password")) << "the common ones are part of the program";
}

TEST_F(CompromisedPasswordsTest, is_read_again_when_asked_to_and_stays_when_the_new_one_is_bad) {
    write_list(10);
    CompromisedPasswords list(path);
    EXPECT_FALSE(holds(list, "leaked-11"));
    write("nonsense");
    EXPECT_THROW(list.reopen(), Error);
    std::filesystem::remove(path);
    write_list(20);
    list.reopen();
    EXPECT_TRUE(holds(list, "leaked-11"));
}

TEST_F(CompromisedPasswordsTest, are_the_commonest_ones_where_there_is_no_list) {
    const CompromisedPasswords none;
    for (const char* password : {"123456", "password", "Password1!", "P@SSW0RD1!", "qwertyuiop"})
        EXPECT_TRUE(holds(none, password)) << password;
    for (const char* password : {"", "Correct-Horse-7", "passwore", "123456 "})
        EXPECT_FALSE(holds(none, password)) << password;
    EXPECT_FALSE(is_common_password(std::string(100, 'a')));
}

}  // namespace
}  // namespace symbolon::crypto
