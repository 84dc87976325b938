#include "voice/models/language.hpp"

namespace symbolon::voice {

namespace {

using enum NumberPart::Role;

constexpr NumberPart numbers[]{{"zero", 0, small},
                               {"uno", 1, small},
                               {"un", 1, small},
                               {"una", 1, small},
                               {"due", 2, small},
                               {"tre", 3, small},
                               {"tré", 3, small},
                               {"quattro", 4, small},
                               {"cinque", 5, small},
                               {"sei", 6, small},
                               {"sette", 7, small},
                               {"otto", 8, small},
                               {"nove", 9, small},
                               {"dieci", 10, small},
                               {"undici", 11, small},
                               {"dodici", 12, small},
                               {"tredici", 13, small},
                               {"quattordici", 14, small},
                               {"quindici", 15, small},
                               {"sedici", 16, small},
                               {"diciassette", 17, small},
                               {"diciotto", 18, small},
                               {"diciannove", 19, small},
                               {"venti", 20, ten},
                               {"vent", 20, ten},
                               {"trenta", 30, ten},
                               {"trent", 30, ten},
                               {"quaranta", 40, ten},
                               {"quarant", 40, ten},
                               {"cinquanta", 50, ten},
                               {"cinquant", 50, ten},
                               {"sessanta", 60, ten},
                               {"sessant", 60, ten},
                               {"settanta", 70, ten},
                               {"settant", 70, ten},
                               {"ottanta", 80, ten},
                               {"ottant", 80, ten},
                               {"novanta", 90, ten},
                               {"novant", 90, ten},
                               {"cento", 100, hundred},
                               {"cent", 100, hundred},
                               {"mille", 1'000, scale},
                               {"mila", 1'000, scale},
                               {"milioni", 1'000'000, scale},
                               {"milione", 1'000'000, scale},
                               {"miliardi", 1'000'000'000, scale},
                               {"miliardo", 1'000'000'000, scale},
                               {"e", 0, link}};
constexpr NamedNumber ordinals[]{{"primo", 1},  {"prima", 1},  {"secondo", 2}, {"seconda", 2}, {"terzo", 3},
                                 {"terza", 3},  {"quarto", 4}, {"quarta", 4},  {"quinto", 5},  {"quinta", 5},
                                 {"sesto", 6},  {"sesta", 6},  {"settimo", 7}, {"settima", 7}, {"ottavo", 8},
                                 {"ottava", 8}, {"nono", 9},   {"nona", 9},    {"decimo", 10}, {"decima", 10}};
constexpr std::string_view ordinal_endings[]{"esimo", "esima", "º", "ª"};
constexpr std::string_view cardinal_endings[]{"o", "i", "e", "a"};

constexpr NamedNumber weekdays[]{{"domenica", 0}, {"lunedì", 1},  {"martedì", 2}, {"mercoledì", 3},
                                 {"giovedì", 4},  {"venerdì", 5}, {"sabato", 6}};
constexpr NamedNumber months[]{{"gennaio", 1},   {"febbraio", 2}, {"marzo", 3},     {"aprile", 4},
                               {"maggio", 5},    {"giugno", 6},   {"luglio", 7},    {"agosto", 8},
                               {"settembre", 9}, {"ottobre", 10}, {"novembre", 11}, {"dicembre", 12}};
constexpr NamedNumber days[]{{"oggi", 0},       {"domani", 1},      {"ieri", -1},
                             {"dopodomani", 2}, {"dopo domani", 2}, {"laltro ieri", -2}};
constexpr std::string_view now[]{"adesso", "ora"};
constexpr NamedNumber steps[]{{"questo", 0},   {"questa", 0},  {"quest", 0},  {"prossimo", 1},
                              {"prossima", 1}, {"scorso", -1}, {"scorsa", -1}};
constexpr NamedPeriod periods[]{{"settimana", Period::week},  {"fine settimana", Period::weekend},
                                {"weekend", Period::weekend}, {"mese", Period::month},
                                {"anno", Period::year},       {"lanno", Period::year},
                                {"questanno", Period::year}};
constexpr std::string_view date_fillers[]{"il", "lo", "la", "di", "del"};

constexpr NamedTime times_of_day[]{{"mezzogiorno", "12:00"},    {"mezzanotte", "00:00"},  {"mattina", "MO"},
                                   {"stamattina", "MO"},        {"questa mattina", "MO"}, {"pomeriggio", "AF"},
                                   {"questo pomeriggio", "AF"}, {"sera", "EV"},           {"stasera", "EV"},
                                   {"questa sera", "EV"},       {"notte", "NI"},          {"stanotte", "NI"},
                                   {"questa notte", "NI"}};
constexpr ClockPattern clock_patterns[]{{"{h} in punto"},    {"{h} e {m}"},           {"{h} e mezza", 30},
                                        {"{h} e mezzo", 30}, {"{h} e un quarto", 15}, {"{h} meno un quarto", -15}};
constexpr NamedNumber halves_of_day[]{
    {"di mattina", 0}, {"del mattino", 0}, {"di pomeriggio", 12}, {"del pomeriggio", 12}, {"di sera", 12}};
constexpr std::string_view time_fillers[]{"alle", "le", "alluna"};

constexpr DurationUnit units[]{{"secondo", 'S', true},    {"secondi", 'S', true},    {"minuto", 'M', true},
                               {"minuti", 'M', true},     {"ora", 'H', true},        {"ore", 'H', true},
                               {"unora", 'H', true},      {"giorno", 'D', false},    {"giorni", 'D', false},
                               {"settimana", 'W', false}, {"settimane", 'W', false}, {"mese", 'M', false},
                               {"mesi", 'M', false},      {"anno", 'Y', false},      {"anni", 'Y', false}};
constexpr std::string_view one[]{"un", "uno", "una"};

}  // namespace

const Language italian{
    .code = "it",
    .open = "apri",
    .thousands_mark = '.',
    .units_first = false,
    .bare_hundred = true,
    .numbers = numbers,
    .minus = "meno",
    .ordinals = ordinals,
    .ordinal_endings = ordinal_endings,
    .cardinal_endings = cardinal_endings,
    .spoken_digits = {},
    .weekdays = weekdays,
    .months = months,
    .days = days,
    .now = now,
    .steps = steps,
    .periods = periods,
    .date_fillers = date_fillers,
    .clock_marks = ":.",
    .times_of_day = times_of_day,
    .clock = clock_patterns,
    .halves_of_day = halves_of_day,
    .time_fillers = time_fillers,
    .units = units,
    .one = one,
    .conjunction = "e",
};

}  // namespace symbolon::voice
