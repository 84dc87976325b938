#include "voice/models/language.hpp"

namespace symbolon::voice {

namespace {

using enum NumberPart::Role;

constexpr NumberPart numbers[]{{"zero", 0, small},
                               {"um", 1, small},
                               {"uma", 1, small},
                               {"dois", 2, small},
                               {"duas", 2, small},
                               {"três", 3, small},
                               {"tres", 3, small},
                               {"quatro", 4, small},
                               {"cinco", 5, small},
                               {"seis", 6, small},
                               {"sete", 7, small},
                               {"oito", 8, small},
                               {"nove", 9, small},
                               {"dez", 10, small},
                               {"onze", 11, small},
                               {"doze", 12, small},
                               {"treze", 13, small},
                               {"catorze", 14, small},
                               {"quatorze", 14, small},
                               {"quinze", 15, small},
                               {"dezesseis", 16, small},
                               {"dezasseis", 16, small},
                               {"dezessete", 17, small},
                               {"dezassete", 17, small},
                               {"dezoito", 18, small},
                               {"dezenove", 19, small},
                               {"dezanove", 19, small},
                               {"vinte", 20, ten},
                               {"trinta", 30, ten},
                               {"quarenta", 40, ten},
                               {"cinquenta", 50, ten},
                               {"sessenta", 60, ten},
                               {"setenta", 70, ten},
                               {"oitenta", 80, ten},
                               {"noventa", 90, ten},
                               {"cento", 100, hundred},
                               {"cem", 100, hundred},
                               {"duzentos", 200, hundreds},
                               {"duzentas", 200, hundreds},
                               {"trezentos", 300, hundreds},
                               {"trezentas", 300, hundreds},
                               {"quatrocentos", 400, hundreds},
                               {"quatrocentas", 400, hundreds},
                               {"quinhentos", 500, hundreds},
                               {"quinhentas", 500, hundreds},
                               {"seiscentos", 600, hundreds},
                               {"seiscentas", 600, hundreds},
                               {"setecentos", 700, hundreds},
                               {"setecentas", 700, hundreds},
                               {"oitocentos", 800, hundreds},
                               {"oitocentas", 800, hundreds},
                               {"novecentos", 900, hundreds},
                               {"novecentas", 900, hundreds},
                               {"mil", 1'000, scale},
                               {"milhões", 1'000'000, scale},
                               {"milhão", 1'000'000, scale},
                               {"bilhões", 1'000'000'000, scale},
                               {"bilhão", 1'000'000'000, scale},
                               {"e", 0, link}};
constexpr NamedNumber ordinals[]{{"primeiro", 1}, {"primeira", 1}, {"segundo", 2}, {"segunda", 2}, {"terceiro", 3},
                                 {"terceira", 3}, {"quarto", 4},   {"quarta", 4},  {"quinto", 5},  {"quinta", 5},
                                 {"sexto", 6},    {"sexta", 6},    {"sétimo", 7},  {"sétima", 7},  {"oitavo", 8},
                                 {"oitava", 8},   {"nono", 9},     {"nona", 9},    {"décimo", 10}, {"décima", 10}};
constexpr std::string_view ordinal_endings[]{"º", "ª", "o", "a"};
constexpr NamedNumber spoken_digits[]{{"meia", 6}};

constexpr NamedNumber weekdays[]{{"domingo", 0},      {"segunda", 1}, {"segunda feira", 1}, {"terça", 2},
                                 {"terça feira", 2},  {"quarta", 3},  {"quarta feira", 3},  {"quinta", 4},
                                 {"quinta feira", 4}, {"sexta", 5},   {"sexta feira", 5},   {"sábado", 6}};
constexpr NamedNumber months[]{{"janeiro", 1},  {"fevereiro", 2}, {"março", 3},     {"abril", 4},
                               {"maio", 5},     {"junho", 6},     {"julho", 7},     {"agosto", 8},
                               {"setembro", 9}, {"outubro", 10},  {"novembro", 11}, {"dezembro", 12}};
constexpr NamedNumber days[]{{"hoje", 0}, {"amanhã", 1}, {"ontem", -1}, {"depois amanhã", 2}, {"anteontem", -2}};
constexpr std::string_view now[]{"agora", "agora mesmo"};
constexpr NamedNumber steps[]{{"este", 0},    {"esta", 0},    {"neste", 0},    {"nesta", 0},   {"próximo", 1},
                              {"próxima", 1}, {"que vem", 1}, {"passado", -1}, {"passada", -1}};
constexpr NamedPeriod periods[]{
    {"semana", Period::week}, {"fim semana", Period::weekend}, {"mês", Period::month}, {"ano", Period::year}};
constexpr std::string_view date_fillers[]{"o", "a", "de", "do", "da", "no", "na", "dia"};

constexpr NamedTime times_of_day[]{{"meio dia", "12:00"}, {"meia noite", "00:00"}, {"manhã", "MO"},
                                   {"esta manhã", "MO"},  {"hoje de manhã", "MO"}, {"tarde", "AF"},
                                   {"esta tarde", "AF"},  {"hoje à tarde", "AF"},  {"anoitecer", "EV"},
                                   {"noite", "NI"},       {"esta noite", "NI"},    {"hoje à noite", "NI"}};
constexpr ClockPattern clock_patterns[]{
    {"{h} horas"},       {"{h} hora"},       {"{h} em ponto"},         {"{h} e {m}"},
    {"{h} horas e {m}"}, {"{h} e meia", 30}, {"{h} horas e meia", 30}, {"quinze para as {h}", -15}};
constexpr NamedNumber halves_of_day[]{{"da manhã", 0}, {"da tarde", 12}, {"da noite", 12}};
constexpr std::string_view time_fillers[]{"às", "à", "as"};

constexpr DurationUnit units[]{{"segundo", 'S', true},  {"segundos", 'S', true}, {"minuto", 'M', true},
                               {"minutos", 'M', true},  {"hora", 'H', true},     {"horas", 'H', true},
                               {"dia", 'D', false},     {"dias", 'D', false},    {"semana", 'W', false},
                               {"semanas", 'W', false}, {"mês", 'M', false},     {"meses", 'M', false},
                               {"ano", 'Y', false},     {"anos", 'Y', false}};
constexpr std::string_view one[]{"um", "uma"};

}  // namespace

const Language portuguese{
    .code = "pt",
    .open = "abra",
    .thousands_mark = '.',
    .units_first = false,
    .bare_hundred = true,
    .numbers = numbers,
    .minus = "menos",
    .ordinals = ordinals,
    .ordinal_endings = ordinal_endings,
    .cardinal_endings = {},
    .spoken_digits = spoken_digits,
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
    .conjunction = "e",
};

}  // namespace symbolon::voice
