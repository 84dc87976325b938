#include "voice/models/language.hpp"

namespace symbolon::voice {

namespace {

using enum NumberPart::Role;

constexpr NumberPart numbers[]{{"null", 0, small},
                               {"ein", 1, small},
                               {"eins", 1, small},
                               {"eine", 1, small},
                               {"einen", 1, small},
                               {"einem", 1, small},
                               {"einer", 1, small},
                               {"zwei", 2, small},
                               {"zwo", 2, small},
                               {"drei", 3, small},
                               {"vier", 4, small},
                               {"fünf", 5, small},
                               {"sechs", 6, small},
                               {"sieben", 7, small},
                               {"acht", 8, small},
                               {"neun", 9, small},
                               {"zehn", 10, small},
                               {"elf", 11, small},
                               {"zwölf", 12, small},
                               {"dreizehn", 13, small},
                               {"vierzehn", 14, small},
                               {"fünfzehn", 15, small},
                               {"sechzehn", 16, small},
                               {"siebzehn", 17, small},
                               {"achtzehn", 18, small},
                               {"neunzehn", 19, small},
                               {"zwanzig", 20, ten},
                               {"dreißig", 30, ten},
                               {"dreissig", 30, ten},
                               {"vierzig", 40, ten},
                               {"fünfzig", 50, ten},
                               {"sechzig", 60, ten},
                               {"siebzig", 70, ten},
                               {"achtzig", 80, ten},
                               {"neunzig", 90, ten},
                               {"hundert", 100, hundred},
                               {"tausend", 1'000, scale},
                               {"million", 1'000'000, scale},
                               {"millionen", 1'000'000, scale},
                               {"milliarde", 1'000'000'000, scale},
                               {"milliarden", 1'000'000'000, scale},
                               {"und", 0, link}};
constexpr NamedNumber ordinals[]{{"erste", 1},  {"ersten", 1},  {"erster", 1},  {"erstes", 1},
                                 {"dritte", 3}, {"dritten", 3}, {"dritter", 3}, {"drittes", 3},
                                 {"siebte", 7}, {"siebten", 7}, {"siebter", 7}, {"siebtes", 7},
                                 {"achte", 8},  {"achten", 8},  {"achter", 8},  {"achtes", 8}};
constexpr std::string_view ordinal_endings[]{"sten", "stes", "ster", "ste", "ten", "tes", "ter", "te"};

constexpr NamedNumber weekdays[]{{"sonntag", 0},    {"montag", 1},  {"dienstag", 2}, {"mittwoch", 3},
                                 {"donnerstag", 4}, {"freitag", 5}, {"samstag", 6},  {"sonnabend", 6}};
constexpr NamedNumber months[]{{"januar", 1},    {"jänner", 1},   {"februar", 2},   {"feber", 2},    {"märz", 3},
                               {"april", 4},     {"mai", 5},      {"juni", 6},      {"juli", 7},     {"august", 8},
                               {"september", 9}, {"oktober", 10}, {"november", 11}, {"dezember", 12}};
constexpr NamedNumber days[]{{"heute", 0}, {"morgen", 1}, {"gestern", -1}, {"übermorgen", 2}, {"vorgestern", -2}};
constexpr std::string_view now[]{"jetzt", "gerade jetzt"};
constexpr NamedNumber steps[]{{"diese", 0},     {"diesen", 0},    {"dieser", 0},   {"dieses", 0},   {"diesem", 0},
                              {"nächste", 1},   {"nächsten", 1},  {"nächster", 1}, {"nächstes", 1}, {"kommende", 1},
                              {"kommenden", 1}, {"kommendes", 1}, {"letzte", -1},  {"letzten", -1}, {"letzter", -1},
                              {"letztes", -1},  {"vorige", -1},   {"vorigen", -1}};
constexpr NamedPeriod periods[]{
    {"woche", Period::week}, {"wochenende", Period::weekend}, {"monat", Period::month}, {"jahr", Period::year}};
constexpr std::string_view date_fillers[]{"der", "den", "am", "des", "dem", "im"};

constexpr NamedTime times_of_day[]{{"mittag", "12:00"},  {"mitternacht", "00:00"},   {"morgen", "MO"},
                                   {"morgens", "MO"},    {"heute morgen", "MO"},     {"heute früh", "MO"},
                                   {"nachmittag", "AF"}, {"heute nachmittag", "AF"}, {"nachmittags", "AF"},
                                   {"abend", "EV"},      {"heute abend", "EV"},      {"abends", "EV"},
                                   {"nacht", "NI"},      {"heute nacht", "NI"},      {"nachts", "NI"}};
constexpr ClockPattern clock_patterns[]{{"{h} uhr"},
                                        {"{h} uhr {m}"},
                                        {"halb {h}", -30},
                                        {"viertel nach {h}", 15},
                                        {"viertel vor {h}", -15},
                                        {"dreiviertel {h}", -15}};
constexpr NamedNumber halves_of_day[]{{"morgens", 0},      {"früh", 0},    {"am morgen", 0}, {"vormittags", 0},
                                      {"nachmittags", 12}, {"abends", 12}, {"am abend", 12}, {"am nachmittag", 12}};
constexpr std::string_view time_fillers[]{"um", "uhr"};

constexpr DurationUnit units[]{{"sekunde", 'S', true}, {"sekunden", 'S', true}, {"minute", 'M', true},
                               {"minuten", 'M', true}, {"stunde", 'H', true},   {"stunden", 'H', true},
                               {"tag", 'D', false},    {"tage", 'D', false},    {"tagen", 'D', false},
                               {"woche", 'W', false},  {"wochen", 'W', false},  {"monat", 'M', false},
                               {"monate", 'M', false}, {"monaten", 'M', false}, {"jahr", 'Y', false},
                               {"jahre", 'Y', false},  {"jahren", 'Y', false}};
constexpr std::string_view one[]{"eine", "einen", "ein"};

}  // namespace

const Language german{
    .code = "de",
    .open = "öffne",
    .thousands_mark = '.',
    .units_first = true,
    .bare_hundred = true,
    .numbers = numbers,
    .minus = "minus",
    .ordinals = ordinals,
    .ordinal_endings = ordinal_endings,
    .cardinal_endings = {},
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
    .conjunction = "und",
};

}  // namespace symbolon::voice
