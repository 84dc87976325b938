#include "net/address.hpp"

#include <gtest/gtest.h>

using symbolon::net::Address;
using symbolon::net::AddressBlock;

TEST(Address, reads_and_writes_both_families) {
    EXPECT_EQ(Address::parse("192.0.2.1").value().to_string(), "192.0.2.1");
    EXPECT_EQ(Address::parse("2001:DB8:0:0::1").value().to_string(), "2001:db8::1");
    EXPECT_EQ(Address::parse("::ffff:192.0.2.1"), Address::parse("192.0.2.1"));
}

TEST(Address, refuses_what_is_no_numeric_address) {
    for (const auto* text : {"", "localhost", "192.0.2", "192.0.2.1:80", "[::1]", "fe80::1%eth0", "0x7f.1", "127.1"}) {
        EXPECT_FALSE(Address::parse(text)) << text;
    }
    EXPECT_FALSE(Address::parse(std::string_view("127.0.0.1\0x", 11)));
}

TEST(Address, knows_what_is_not_public) {
    for (const auto* text :
         {"127.0.0.1", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
          "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00:ec2::254", "::ffff:127.0.0.1",
          "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "ff02::1"}) {
        EXPECT_FALSE(Address::parse(text).value().is_public()) << text;
    }
    for (const auto* text : {"1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"}) {
        EXPECT_TRUE(Address::parse(text).value().is_public()) << text;
    }
}

TEST(AddressBlock, contains_what_shares_its_first_bits) {
    const auto block = AddressBlock::parse("10.32.0.0/11").value();
    EXPECT_TRUE(block.contains(Address::parse("10.63.255.255").value()));
    EXPECT_FALSE(block.contains(Address::parse("10.64.0.0").value()));
    EXPECT_FALSE(block.contains(Address::parse("::a20:0").value()));
    EXPECT_TRUE(AddressBlock::parse("2001:db8::/33").value().contains(Address::parse("2001:db8:7fff::1").value()));
    EXPECT_FALSE(AddressBlock::parse("2001:db8::/33").value().contains(Address::parse("2001:db8:8000::1").value()));
    EXPECT_TRUE(AddressBlock::parse("0.0.0.0/0").value().contains(Address::parse("8.8.8.8").value()));
    EXPECT_FALSE(AddressBlock::parse("0.0.0.0/0").value().contains(Address::parse("::1").value()));
    EXPECT_TRUE(AddressBlock::parse("127.0.0.1").value().contains(Address::parse("127.0.0.1").value()));
}

TEST(AddressBlock, refuses_a_length_that_does_not_fit) {
    for (const auto* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "::/129", "/8", "10.0.0.0/8/8"}) {
        EXPECT_FALSE(AddressBlock::parse(text)) << text;
    }
}
