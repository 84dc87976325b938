#include "voice/models/language.hpp"

namespace symbolon::voice {

namespace {

using enum NumberPart::Role;

constexpr NumberPart numbers[]{{"zéro", 0, small},
                               {"zero", 0, small},
                               {"un", 1, small},
                               {"une", 1, small},
                               {"deux", 2, small},
                               {"trois", 3, small},
                               {"quatre", 4, small},
                               {"cinq", 5, small},
                               {"six", 6, small},
                               {"sept", 7, small},
                               {"huit", 8, small},
                               {"neuf", 9, small},
                               {"dix", 10, small},
                               {"onze", 11, small},
                               {"douze", 12, small},
                               {"treize", 13, small},
                               {"quatorze", 14, small},
                               {"quinze", 15, small},
                               {"seize", 16, small},
                               {"dix sept", 17, small},
                               {"dix huit", 18, small},
                               {"dix neuf", 19, small},
                               {"vingt", 20, ten},
                               {"trente", 30, ten},
                               {"quarante", 40, ten},
                               {"cinquante", 50, ten},
                               {"soixante", 60, ten, 20},
                               {"septante", 70, ten},
                               {"huitante", 80, ten, 20},
                               {"octante", 80, ten, 20},
                               {"quatre vingts", 80, ten, 20},
                               {"quatre vingt", 80, ten, 20},
                               {"nonante", 90, ten},
                               {"cents", 100, hundred},
                               {"cent", 100, hundred},
                               {"mille", 1'000, scale},
                               {"millions", 1'000'000, scale},
                               {"million", 1'000'000, scale},
                               {"milliards", 1'000'000'000, scale},
                               {"milliard", 1'000'000'000, scale},
                               {"et", 0, link}};
constexpr NamedNumber ordinals[]{{"premier", 1}, {"première", 1},  {"second", 2},
                                 {"seconde", 2}, {"cinquième", 5}, {"neuvième", 9}};
constexpr std::string_view ordinal_endings[]{"ième", "ème", "ieme", "er", "re", "e"};
constexpr std::string_view cardinal_endings[]{"e"};

constexpr NamedNumber weekdays[]{{"dimanche", 0}, {"lundi", 1},    {"mardi", 2}, {"mercredi", 3},
                                 {"jeudi", 4},    {"vendredi", 5}, {"samedi", 6}};
constexpr NamedNumber months[]{{"janvier", 1},  {"février", 2},   {"mars", 3},     {"avril", 4}, {"mai", 5},
                               {"juin", 6},     {"juillet", 7},   {"août", 8},     {"aout", 8},  {"septembre", 9},
                               {"octobre", 10}, {"novembre", 11}, {"décembre", 12}};
constexpr NamedNumber days[]{{"aujourdhui", 0}, {"demain", 1}, {"hier", -1}, {"après demain", 2}, {"avant hier", -2}};
constexpr std::string_view now[]{"maintenant"};
constexpr NamedNumber steps[]{{"ce", 0},       {"cette", 0},     {"cet", 0},    {"prochain", 1}, {"prochaine", 1},
                              {"dernier", -1}, {"dernière", -1}, {"passé", -1}, {"passée", -1}};
constexpr NamedPeriod periods[]{{"semaine", Period::week}, {"week end", Period::weekend}, {"weekend", Period::weekend},
                                {"mois", Period::month},   {"année", Period::year},       {"lannée", Period::year},
                                {"an", Period::year},      {"lan", Period::year}};
constexpr std::string_view date_fillers[]{"le", "la", "du", "de"};

constexpr NamedTime times_of_day[]{{"midi", "12:00"},    {"minuit", "00:00"},      {"matin", "MO"}, {"ce matin", "MO"},
                                   {"après midi", "AF"}, {"cet après midi", "AF"}, {"soir", "EV"},  {"ce soir", "EV"},
                                   {"nuit", "NI"},       {"cette nuit", "NI"}};
constexpr ClockPattern clock_patterns[]{{"{h} heures"},
                                        {"{h} heure"},
                                        {"{h} heures {m}"},
                                        {"{h} heure {m}"},
                                        {"{h} heures et demie", 30},
                                        {"{h} heure et demie", 30},
                                        {"{h} heures et quart", 15},
                                        {"{h} heure et quart", 15},
                                        {"{h} heures moins le quart", -15},
                                        {"{h} heure moins le quart", -15}};
constexpr NamedNumber halves_of_day[]{{"du matin", 0}, {"de laprès midi", 12}, {"du soir", 12}};
constexpr std::string_view time_fillers[]{"à", "a"};

constexpr DurationUnit units[]{{"seconde", 'S', true},   {"secondes", 'S', true}, {"minute", 'M', true},
                               {"minutes", 'M', true},   {"heure", 'H', true},    {"heures", 'H', true},
                               {"jour", 'D', false},     {"jours", 'D', false},   {"semaine", 'W', false},
                               {"semaines", 'W', false}, {"mois", 'M', false},    {"an", 'Y', false},
                               {"ans", 'Y', false},      {"année", 'Y', false},   {"années", 'Y', false}};
constexpr std::string_view one[]{"un", "une"};

}  // namespace

const Language french{
    .code = "fr",
    .open = "ouvre",
    .thousands_mark = '.',
    .units_first = false,
    .bare_hundred = true,
    .numbers = numbers,
    .minus = "moins",
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
    .clock_marks = ":h",
    .times_of_day = times_of_day,
    .clock = clock_patterns,
    .halves_of_day = halves_of_day,
    .time_fillers = time_fillers,
    .units = units,
    .one = one,
    .conjunction = "et",
};

}  // namespace symbolon::voice
