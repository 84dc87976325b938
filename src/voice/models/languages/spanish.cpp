#include "voice/models/language.hpp"

namespace symbolon::voice {

namespace {

using enum NumberPart::Role;

constexpr NumberPart numbers[]{{"cero", 0, small},
                               {"uno", 1, small},
                               {"un", 1, small},
                               {"una", 1, small},
                               {"ún", 1, small},
                               {"dos", 2, small},
                               {"dós", 2, small},
                               {"tres", 3, small},
                               {"trés", 3, small},
                               {"cuatro", 4, small},
                               {"cinco", 5, small},
                               {"seis", 6, small},
                               {"séis", 6, small},
                               {"siete", 7, small},
                               {"ocho", 8, small},
                               {"nueve", 9, small},
                               {"diez", 10, small},
                               {"once", 11, small},
                               {"doce", 12, small},
                               {"trece", 13, small},
                               {"catorce", 14, small},
                               {"quince", 15, small},
                               {"dieciséis", 16, small},
                               {"dieciseis", 16, small},
                               {"diecisiete", 17, small},
                               {"dieciocho", 18, small},
                               {"diecinueve", 19, small},
                               {"veinte", 20, ten},
                               {"veinti", 20, ten},
                               {"treinta", 30, ten},
                               {"cuarenta", 40, ten},
                               {"cincuenta", 50, ten},
                               {"sesenta", 60, ten},
                               {"setenta", 70, ten},
                               {"ochenta", 80, ten},
                               {"noventa", 90, ten},
                               {"ciento", 100, hundred},
                               {"cien", 100, hundred},
                               {"doscientos", 200, hundreds},
                               {"doscientas", 200, hundreds},
                               {"trescientos", 300, hundreds},
                               {"trescientas", 300, hundreds},
                               {"cuatrocientos", 400, hundreds},
                               {"cuatrocientas", 400, hundreds},
                               {"quinientos", 500, hundreds},
                               {"quinientas", 500, hundreds},
                               {"seiscientos", 600, hundreds},
                               {"seiscientas", 600, hundreds},
                               {"setecientos", 700, hundreds},
                               {"setecientas", 700, hundreds},
                               {"ochocientos", 800, hundreds},
                               {"ochocientas", 800, hundreds},
                               {"novecientos", 900, hundreds},
                               {"novecientas", 900, hundreds},
                               {"mil", 1'000, scale},
                               {"millones", 1'000'000, scale},
                               {"millón", 1'000'000, scale},
                               {"millon", 1'000'000, scale},
                               {"y", 0, link}};
constexpr NamedNumber ordinals[]{{"primero", 1}, {"primer", 1}, {"primera", 1}, {"segundo", 2}, {"segunda", 2},
                                 {"tercero", 3}, {"tercer", 3}, {"tercera", 3}, {"cuarto", 4},  {"cuarta", 4},
                                 {"quinto", 5},  {"quinta", 5}, {"sexto", 6},   {"sexta", 6},   {"séptimo", 7},
                                 {"séptima", 7}, {"octavo", 8}, {"octava", 8},  {"noveno", 9},  {"novena", 9},
                                 {"décimo", 10}, {"décima", 10}};
constexpr std::string_view ordinal_endings[]{"º", "ª", "er", "o", "a"};

constexpr NamedNumber weekdays[]{{"domingo", 0}, {"lunes", 1},   {"martes", 2}, {"miércoles", 3},
                                 {"jueves", 4},  {"viernes", 5}, {"sábado", 6}};
constexpr NamedNumber months[]{{"enero", 1},      {"febrero", 2},   {"marzo", 3},    {"abril", 4},
                               {"mayo", 5},       {"junio", 6},     {"julio", 7},    {"agosto", 8},
                               {"septiembre", 9}, {"setiembre", 9}, {"octubre", 10}, {"noviembre", 11},
                               {"diciembre", 12}};
constexpr NamedNumber days[]{{"hoy", 0}, {"mañana", 1}, {"ayer", -1}, {"pasado mañana", 2}, {"anteayer", -2}};
constexpr std::string_view now[]{"ahora", "ahora mismo"};
constexpr NamedNumber steps[]{{"este", 0},      {"esta", 0},    {"próximo", 1}, {"próxima", 1},
                              {"que viene", 1}, {"pasado", -1}, {"pasada", -1}};
constexpr NamedPeriod periods[]{
    {"semana", Period::week}, {"fin semana", Period::weekend}, {"mes", Period::month}, {"año", Period::year}};
constexpr std::string_view date_fillers[]{"el", "la", "de", "del"};

constexpr NamedTime times_of_day[]{{"mediodía", "12:00"}, {"medianoche", "00:00"}, {"mañana", "MO"},
                                   {"esta mañana", "MO"}, {"la mañana", "MO"},     {"tarde", "AF"},
                                   {"esta tarde", "AF"},  {"la tarde", "AF"},      {"atardecer", "EV"},
                                   {"noche", "NI"},       {"esta noche", "NI"},    {"la noche", "NI"}};
constexpr ClockPattern clock_patterns[]{
    {"{h} en punto"}, {"{h} y {m}"}, {"{h} y media", 30}, {"{h} y cuarto", 15}, {"{h} menos cuarto", -15}};
constexpr NamedNumber halves_of_day[]{{"de la mañana", 0}, {"de la tarde", 12}, {"de la noche", 12}};
constexpr std::string_view time_fillers[]{"a las", "a la", "las", "la"};

constexpr DurationUnit units[]{{"segundo", 'S', true},  {"segundos", 'S', true}, {"minuto", 'M', true},
                               {"minutos", 'M', true},  {"hora", 'H', true},     {"horas", 'H', true},
                               {"día", 'D', false},     {"días", 'D', false},    {"semana", 'W', false},
                               {"semanas", 'W', false}, {"mes", 'M', false},     {"meses", 'M', false},
                               {"año", 'Y', false},     {"años", 'Y', false}};
constexpr std::string_view one[]{"un", "una"};

}  // namespace

const Language spanish{
    .code = "es",
    .open = "abre",
    .thousands_mark = '.',
    .units_first = false,
    .bare_hundred = true,
    .numbers = numbers,
    .minus = "menos",
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
    .conjunction = "y",
};

}  // namespace symbolon::voice
