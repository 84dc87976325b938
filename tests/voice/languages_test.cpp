// What the platform makes of numbers, dates and times in the languages that the assistant speaks.
#include "voice/models/built_in_types.hpp"

#include "model_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace symbolon::voice {
namespace {

struct Spoken {
    std::string_view locale;
    std::string_view type;
    std::string_view words;
    std::string_view value;
};

void must_be_read(const std::vector<Spoken>& all) {
    for (const auto& [locale, type, words, value] : all) {
        const auto read = read_built_in(type, split_words(words), language_of(locale), test::wednesday);
        EXPECT_EQ(read.value_or("-"), value) << locale << " " << type << ": " << words;
    }
}

TEST(Languages, numbers) {
    constexpr auto number = "AMAZON.NUMBER";
    must_be_read({{"de-DE", number, "einundzwanzig", "21"},
                  {"de-AT", number, "zweihundertdreiundvierzig", "243"},
                  {"de-DE", number, "zweitausendsechsundzwanzig", "2026"},
                  {"de-DE", number, "eine Million dreihunderttausend", "1300000"},
                  {"de-DE", number, "1.250", "1250"},
                  {"de-DE", number, "minus vier", "-4"},
                  {"fr-FR", number, "vingt et un", "21"},
                  {"fr-FR", number, "soixante-quinze", "75"},
                  {"fr-CA", number, "quatre-vingt-dix-sept", "97"},
                  {"fr-FR", number, "quatre-vingts", "80"},
                  {"fr-FR", number, "deux cent trois", "203"},
                  {"fr-FR", number, "mille neuf cent quatre-vingt-quatre", "1984"},
                  {"es-ES", number, "treinta y uno", "31"},
                  {"es-MX", number, "veintidós", "22"},
                  {"es-ES", number, "mil novecientos ochenta y cuatro", "1984"},
                  {"es-ES", number, "dos millones", "2000000"},
                  {"it-IT", number, "ventuno", "21"},
                  {"it-IT", number, "centotto", "108"},
                  {"it-IT", number, "duemilaventisei", "2026"},
                  {"it-IT", number, "ventitré", "23"},
                  {"pt-BR", number, "vinte e um", "21"},
                  {"pt-BR", number, "mil e cem", "1100"},
                  {"pt-BR", number, "cento e vinte e três", "123"},
                  {"pt-BR", number, "dois milhões", "2000000"}});
}

TEST(Languages, what_is_no_number_in_one_is_none) {
    constexpr auto number = "AMAZON.NUMBER";
    must_be_read({{"de-DE", number, "und zwanzig", "-"},
                  {"de-DE", number, "zwanzigdrei hundert", "-"},
                  {"de-DE", number, "twenty", "-"},
                  {"de-DE", number, "zwei drei", "-"},
                  {"fr-FR", number, "vingt onze", "-"},
                  {"fr-FR", number, "un deux", "-"},
                  {"es-ES", number, "veinte y", "-"},
                  {"it-IT", number, "pizza", "-"},
                  {"pt-BR", number, "e um", "-"},
                  {"en-US", number, "einundzwanzig", "-"}});
    const std::string endless(100'000, 'x');
    const std::vector<Word> words{{endless, endless}};
    EXPECT_FALSE(read_built_in(number, words, german, test::wednesday));
}

TEST(Languages, every_number_below_ten_thousand_is_found_again_in_german) {
    constexpr std::array<std::string_view, 20> small{
        "null", "eins", "zwei",  "drei",     "vier",     "fünf",     "sechs",    "sieben",   "acht",     "neun",
        "zehn", "elf",  "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"};
    constexpr std::array<std::string_view, 10> tens{"",        "",        "zwanzig", "dreißig", "vierzig",
                                                    "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"};
    const auto below_hundred = [&](int n) {
        if (n < 20) return std::string(small.at(static_cast<std::size_t>(n)));
        const auto unit = n % 10 == 1 ? "ein" : std::string(small.at(static_cast<std::size_t>(n % 10)));
        return (n % 10 == 0 ? "" : unit + "und") + std::string(tens.at(static_cast<std::size_t>(n / 10)));
    };
    for (int n = 0; n < 10'000; n += 7) {
        std::string said = n < 1000 ? "" : below_hundred(n / 1000) + "tausend";
        if (n / 1000 == 1) said = "eintausend";
        if (n % 1000 >= 100) said += (n % 1000 / 100 == 1 ? "ein" : below_hundred(n % 1000 / 100)) + "hundert";
        if (n % 100 != 0 || n == 0) said += below_hundred(n % 100);
        const auto read = read_number(split_words(said), german);
        ASSERT_EQ(read.value_or("-"), std::to_string(n)) << said;
    }
}

TEST(Languages, ordinals_and_digits) {
    must_be_read({{"de-DE", "AMAZON.Ordinal", "dritte", "3"},
                  {"de-DE", "AMAZON.Ordinal", "einundzwanzigsten", "21"},
                  {"fr-FR", "AMAZON.Ordinal", "première", "1"},
                  {"fr-FR", "AMAZON.Ordinal", "quatrième", "4"},
                  {"fr-FR", "AMAZON.Ordinal", "vingt et unième", "21"},
                  {"fr-FR", "AMAZON.Ordinal", "2e", "2"},
                  {"es-ES", "AMAZON.Ordinal", "séptimo", "7"},
                  {"it-IT", "AMAZON.Ordinal", "ventunesimo", "21"},
                  {"pt-BR", "AMAZON.Ordinal", "terceira", "3"},
                  {"de-DE", "AMAZON.FOUR_DIGIT_NUMBER", "eins zwei drei vier", "1234"},
                  {"de-DE", "AMAZON.FOUR_DIGIT_NUMBER", "neunzehn vierundachtzig", "1984"},
                  {"pt-BR", "AMAZON.PhoneNumber", "um meia cinco", "165"},
                  {"es-ES", "AMAZON.PhoneNumber", "seis cero cero uno dos tres", "600123"}});
}

TEST(Languages, dates) {  // "today" is Wednesday, 25 November 2026
    constexpr auto date = "AMAZON.DATE";
    must_be_read({{"de-DE", date, "heute", "2026-11-25"},
                  {"de-DE", date, "übermorgen", "2026-11-27"},
                  {"de-DE", date, "am nächsten Freitag", "2026-12-04"},
                  {"de-DE", date, "nächste Woche", "2026-W49"},
                  {"de-DE", date, "dieses Wochenende", "2026-W48-WE"},
                  {"de-DE", date, "der 30. November", "2026-11-30"},
                  {"de-DE", date, "dritter Dezember 2027", "2027-12-03"},
                  {"de-DE", date, "jetzt", "PRESENT_REF"},
                  {"fr-FR", date, "aujourd'hui", "2026-11-25"},
                  {"fr-FR", date, "après-demain", "2026-11-27"},
                  {"fr-FR", date, "la semaine prochaine", "2026-W49"},
                  {"fr-FR", date, "le premier décembre", "2026-12-01"},
                  {"fr-FR", date, "lundi", "2026-11-30"},
                  {"es-ES", date, "pasado mañana", "2026-11-27"},
                  {"es-ES", date, "la semana que viene", "2026-W49"},
                  {"es-ES", date, "el próximo mes", "2026-12"},
                  {"es-ES", date, "el 30 de noviembre", "2026-11-30"},
                  {"it-IT", date, "domani", "2026-11-26"},
                  {"it-IT", date, "la settimana prossima", "2026-W49"},
                  {"it-IT", date, "il 3 dicembre", "2026-12-03"},
                  {"pt-BR", date, "depois de amanhã", "2026-11-27"},
                  {"pt-BR", date, "na próxima segunda-feira", "2026-11-30"},
                  {"pt-BR", date, "semana que vem", "2026-W49"},
                  {"pt-BR", date, "dia 30 de novembro", "2026-11-30"},
                  {"de-DE", date, "30. Februar", "-"},
                  {"fr-FR", date, "tomorrow", "-"}});
}

TEST(Languages, times) {
    constexpr auto time = "AMAZON.TIME";
    must_be_read({{"de-DE", time, "halb acht", "07:30"},
                  {"de-DE", time, "um sieben Uhr dreißig", "07:30"},
                  {"de-DE", time, "viertel vor acht abends", "19:45"},
                  {"de-DE", time, "halb eins nachmittags", "12:30"},
                  {"de-DE", time, "19:30 Uhr", "19:30"},
                  {"de-DE", time, "Mitternacht", "00:00"},
                  {"de-DE", time, "heute Abend", "EV"},
                  {"fr-FR", time, "sept heures et demie", "07:30"},
                  {"fr-FR", time, "à huit heures moins le quart", "07:45"},
                  {"fr-FR", time, "19h30", "19:30"},
                  {"fr-FR", time, "neuf heures du soir", "21:00"},
                  {"fr-FR", time, "midi", "12:00"},
                  {"es-ES", time, "las siete y media", "07:30"},
                  {"es-ES", time, "a las ocho menos cuarto", "07:45"},
                  {"es-ES", time, "las ocho de la tarde", "20:00"},
                  {"it-IT", time, "alle sette e mezza", "07:30"},
                  {"it-IT", time, "mezzogiorno", "12:00"},
                  {"pt-BR", time, "às sete e meia", "07:30"},
                  {"pt-BR", time, "oito da noite", "20:00"},
                  {"pt-BR", time, "quinze para as oito", "07:45"},
                  {"de-DE", time, "25 Uhr", "-"},
                  {"es-ES", time, "pronto", "-"}});
}

TEST(Languages, durations) {
    constexpr auto duration = "AMAZON.DURATION";
    must_be_read({{"de-DE", duration, "zehn Minuten", "PT10M"},
                  {"de-DE", duration, "eine Stunde und dreißig Minuten", "PT1H30M"},
                  {"fr-FR", duration, "une heure et demie", "-"},
                  {"fr-FR", duration, "deux semaines", "P2W"},
                  {"es-ES", duration, "veinte segundos", "PT20S"},
                  {"it-IT", duration, "due ore", "PT2H"},
                  {"pt-BR", duration, "três dias", "P3D"}});
}

TEST(Languages, others_are_read_as_english) {
    EXPECT_EQ(&language_of("ja-JP"), &english);
    EXPECT_EQ(&language_of(""), &english);
    EXPECT_EQ(&language_of("de"), &german);
}

}  // namespace
}  // namespace symbolon::voice
