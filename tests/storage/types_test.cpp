// Every type that a row can have comes back from each engine as it went in, and nothing is converted on the way.

#include "storage/engines.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::storage {
namespace {

constexpr std::string_view create_samples = R"sql(
    CREATE TABLE samples (
        id         TEXT COLLATE "C" NOT NULL,
        number     BIGINT,
        truth      BOOLEAN NOT NULL DEFAULT TRUE,
        words      TEXT,
        octets     BYTEA,
        changed_ms BIGINT,
        CONSTRAINT samples_key PRIMARY KEY (id)
    )
)sql";

constexpr std::string_view insert_sample = R"sql(
    INSERT INTO samples (id, number, truth, words, octets, changed_ms) VALUES ($1, $2, $3, $4, $5, $6)
)sql";

struct Sample {
    UserId id;
    std::int64_t number;
    bool truth;
    std::string words;
    Bytes octets;
    Instant changed_ms;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (id, number, truth, words, octets, changed_ms))

struct OptionalSample {
    UserId id;
    std::optional<std::int64_t> number;
    bool truth;
    std::optional<std::string> words;
    std::optional<Bytes> octets;
    std::optional<Instant> changed_ms;
};
BOOST_DESCRIBE_STRUCT(OptionalSample, (), (id, number, truth, words, octets, changed_ms))

constexpr std::string_view find_sample =
    "SELECT id, number, truth, words, octets, changed_ms FROM samples WHERE id = $1";

struct Number {
    std::int64_t number;
};
BOOST_DESCRIBE_STRUCT(Number, (), (number))

struct Words {
    std::string words;
};
BOOST_DESCRIBE_STRUCT(Words, (), (words))

class Types : public StorageTest {
protected:
    Types() { execute(create_samples); }

    Sample round_trip(const Sample& in) {
        write([&](db::Transaction& tx) {
            tx.execute(insert_sample, in.id, in.number, in.truth, in.words, in.octets, in.changed_ms);
        });
        return read([&](db::Transaction& tx) { return tx.row<Sample>(find_sample, in.id).value(); });
    }

    std::int64_t number_of(std::int64_t in) {
        return round_trip({UserId("n" + std::to_string(in)), in, true, "", {}, from_ms(0)}).number;
    }
};

TEST_P(Types, every_type_comes_back_as_it_went_in) {
    const Sample in{UserId("u-1"),         42, false, "Zoë \xF0\x9F\x93\x9E +4915112345678", {0, 1, 0xff},
                    from_ms(1795363380123)};
    const auto out = round_trip(in);
    EXPECT_EQ(out.id, in.id);
    EXPECT_EQ(out.number, in.number);
    EXPECT_EQ(out.truth, in.truth);
    EXPECT_EQ(out.words, in.words);
    EXPECT_EQ(out.octets, in.octets);
    EXPECT_EQ(out.changed_ms, in.changed_ms);
}

TEST_P(Types, integers_have_64_bits_and_a_sign) {
    EXPECT_EQ(number_of(std::numeric_limits<std::int64_t>::max()), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(number_of(std::numeric_limits<std::int64_t>::min()), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(number_of(-1), -1);
}

TEST_P(Types, empty_text_and_empty_bytes_are_not_null) {
    write([](db::Transaction& tx) {
        tx.execute(insert_sample, "empty", std::nullopt, true, std::string_view(), ByteView(), std::nullopt);
    });
    const auto out = read([](db::Transaction& tx) { return tx.row<OptionalSample>(find_sample, "empty").value(); });
    EXPECT_EQ(out.words, "");
    EXPECT_EQ(out.octets, Bytes{});
    EXPECT_EQ(out.number, std::nullopt);
}

TEST_P(Types, an_absent_optional_is_null_and_a_present_one_is_its_value) {
    write([](db::Transaction& tx) {
        tx.execute(insert_sample, "absent", std::optional<std::int64_t>(), true, std::optional<std::string>(),
                   std::optional<Bytes>(), std::optional<Instant>());
        tx.execute(insert_sample, "present", std::optional<std::int64_t>(7), true, std::optional<std::string>("words"),
                   std::optional<Bytes>(Bytes{9}), std::optional<Instant>(from_ms(5)));
    });
    const auto absent = read([](db::Transaction& tx) { return tx.row<OptionalSample>(find_sample, "absent").value(); });
    EXPECT_EQ(absent.number, std::nullopt);
    EXPECT_EQ(absent.words, std::nullopt);
    EXPECT_EQ(absent.octets, std::nullopt);
    EXPECT_EQ(absent.changed_ms, std::nullopt);
    const auto present =
        read([](db::Transaction& tx) { return tx.row<OptionalSample>(find_sample, "present").value(); });
    EXPECT_EQ(present.number, 7);
    EXPECT_EQ(present.words, "words");
    EXPECT_EQ(present.octets, Bytes{9});
    EXPECT_EQ(present.changed_ms, from_ms(5));
}

TEST_P(Types, text_of_digits_stays_text) {
    const auto out = round_trip({UserId("0042"), 1, true, "007", {}, from_ms(0)});
    EXPECT_EQ(out.id.str(), "0042");
    EXPECT_EQ(out.words, "007");
}

TEST_P(Types, a_boolean_has_its_default) {
    execute("INSERT INTO samples (id) VALUES ('defaults')");
    EXPECT_TRUE(
        read([](db::Transaction& tx) { return tx.row<OptionalSample>(find_sample, "defaults").value().truth; }));
}

TEST_P(Types, null_does_not_fit_a_member_that_is_not_optional) {
    execute("INSERT INTO samples (id) VALUES ('nothing')");
    constexpr std::string_view find_number = "SELECT number FROM samples";
    constexpr std::string_view find_words = "SELECT words FROM samples";
    EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { tx.rows<Number>(find_number); }); }), Errc::internal);
    EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { tx.rows<Words>(find_words); }); }), Errc::internal);
}

TEST_P(Types, a_column_of_another_type_is_not_converted) {
    execute("INSERT INTO samples (id, number, words) VALUES ('mixed', 12, '12')");
    constexpr std::string_view words_as_number = "SELECT words AS number FROM samples";
    constexpr std::string_view number_as_words = "SELECT number AS words FROM samples";
    EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { tx.rows<Number>(words_as_number); }); }),
              Errc::internal);
    EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { tx.rows<Words>(number_as_words); }); }), Errc::internal);
}

TEST_P(Types, text_is_utf8_without_null_characters_to_be_stored_or_looked_for) {
    using namespace std::string_view_literals;
    const Sample in{UserId("u-1"), 1, true, "words", {0}, from_ms(0)};
    round_trip(in);
    for (const std::string_view wrong : {"a\0b"sv, "\0"sv, "\xff"sv, "\xc3"sv, "\xc0\x80"sv, "\xed\xa0\x80"sv}) {
        const auto store = [&](db::Transaction& tx) {
            tx.execute("DELETE FROM samples");
            tx.execute(insert_sample, "u-2", 1, true, wrong, Bytes{}, from_ms(0));
        };
        EXPECT_EQ(refusal_of([&] { write(store); }), Errc::invalid_parameter);
        EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { tx.row<Sample>(find_sample, wrong); }); }),
                  Errc::invalid_parameter);
    }
    EXPECT_TRUE(read([&](db::Transaction& tx) { return tx.row<Sample>(find_sample, in.id); })) << "nothing was deleted";
}

INSTANTIATE_TEST_SUITE_P(Engines, Types, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
