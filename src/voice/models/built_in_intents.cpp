#include "voice/models/built_in_intents.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace symbolon::voice {

namespace {

struct Phrase {
    std::string_view said;
    std::string_view intent;
};

constexpr std::array english_phrases{Phrase{"help", "AMAZON.HelpIntent"},
                                     Phrase{"help me", "AMAZON.HelpIntent"},
                                     Phrase{"can you help me", "AMAZON.HelpIntent"},
                                     Phrase{"stop", "AMAZON.StopIntent"},
                                     Phrase{"cancel", "AMAZON.CancelIntent"},
                                     Phrase{"never mind", "AMAZON.CancelIntent"},
                                     Phrase{"yes", "AMAZON.YesIntent"},
                                     Phrase{"yes please", "AMAZON.YesIntent"},
                                     Phrase{"sure", "AMAZON.YesIntent"},
                                     Phrase{"yeah", "AMAZON.YesIntent"},
                                     Phrase{"no", "AMAZON.NoIntent"},
                                     Phrase{"no thanks", "AMAZON.NoIntent"},
                                     Phrase{"repeat", "AMAZON.RepeatIntent"},
                                     Phrase{"say that again", "AMAZON.RepeatIntent"},
                                     Phrase{"start over", "AMAZON.StartOverIntent"},
                                     Phrase{"next", "AMAZON.NextIntent"},
                                     Phrase{"skip", "AMAZON.NextIntent"},
                                     Phrase{"previous", "AMAZON.PreviousIntent"},
                                     Phrase{"go back", "AMAZON.PreviousIntent"},
                                     Phrase{"pause", "AMAZON.PauseIntent"},
                                     Phrase{"resume", "AMAZON.ResumeIntent"},
                                     Phrase{"continue", "AMAZON.ResumeIntent"},
                                     Phrase{"shuffle on", "AMAZON.ShuffleOnIntent"},
                                     Phrase{"shuffle off", "AMAZON.ShuffleOffIntent"},
                                     Phrase{"loop on", "AMAZON.LoopOnIntent"},
                                     Phrase{"loop off", "AMAZON.LoopOffIntent"},
                                     Phrase{"go home", "AMAZON.NavigateHomeIntent"}};
constexpr std::array german_phrases{Phrase{"hilfe", "AMAZON.HelpIntent"},
                                    Phrase{"hilf mir", "AMAZON.HelpIntent"},
                                    Phrase{"stopp", "AMAZON.StopIntent"},
                                    Phrase{"stop", "AMAZON.StopIntent"},
                                    Phrase{"abbrechen", "AMAZON.CancelIntent"},
                                    Phrase{"abbruch", "AMAZON.CancelIntent"},
                                    Phrase{"ja", "AMAZON.YesIntent"},
                                    Phrase{"ja bitte", "AMAZON.YesIntent"},
                                    Phrase{"nein", "AMAZON.NoIntent"},
                                    Phrase{"nein danke", "AMAZON.NoIntent"},
                                    Phrase{"wiederholen", "AMAZON.RepeatIntent"},
                                    Phrase{"noch einmal", "AMAZON.RepeatIntent"},
                                    Phrase{"von vorne", "AMAZON.StartOverIntent"},
                                    Phrase{"weiter", "AMAZON.NextIntent"},
                                    Phrase{"zurück", "AMAZON.PreviousIntent"},
                                    Phrase{"pause", "AMAZON.PauseIntent"},
                                    Phrase{"fortsetzen", "AMAZON.ResumeIntent"}};
constexpr std::array french_phrases{
    Phrase{"aide", "AMAZON.HelpIntent"},      Phrase{"aide moi", "AMAZON.HelpIntent"},
    Phrase{"stop", "AMAZON.StopIntent"},      Phrase{"arrête", "AMAZON.StopIntent"},
    Phrase{"annuler", "AMAZON.CancelIntent"}, Phrase{"annule", "AMAZON.CancelIntent"},
    Phrase{"oui", "AMAZON.YesIntent"},        Phrase{"non", "AMAZON.NoIntent"},
    Phrase{"répète", "AMAZON.RepeatIntent"},  Phrase{"recommence", "AMAZON.StartOverIntent"},
    Phrase{"suivant", "AMAZON.NextIntent"},   Phrase{"précédent", "AMAZON.PreviousIntent"},
    Phrase{"pause", "AMAZON.PauseIntent"},    Phrase{"reprendre", "AMAZON.ResumeIntent"}};
constexpr std::array spanish_phrases{
    Phrase{"ayuda", "AMAZON.HelpIntent"},      Phrase{"ayúdame", "AMAZON.HelpIntent"},
    Phrase{"para", "AMAZON.StopIntent"},       Phrase{"alto", "AMAZON.StopIntent"},
    Phrase{"cancelar", "AMAZON.CancelIntent"}, Phrase{"cancela", "AMAZON.CancelIntent"},
    Phrase{"sí", "AMAZON.YesIntent"},          Phrase{"si", "AMAZON.YesIntent"},
    Phrase{"no", "AMAZON.NoIntent"},           Phrase{"repite", "AMAZON.RepeatIntent"},
    Phrase{"siguiente", "AMAZON.NextIntent"},  Phrase{"anterior", "AMAZON.PreviousIntent"},
    Phrase{"pausa", "AMAZON.PauseIntent"},     Phrase{"continuar", "AMAZON.ResumeIntent"}};

constexpr std::array italian_phrases{Phrase{"aiuto", "AMAZON.HelpIntent"},
                                     Phrase{"aiutami", "AMAZON.HelpIntent"},
                                     Phrase{"stop", "AMAZON.StopIntent"},
                                     Phrase{"fermati", "AMAZON.StopIntent"},
                                     Phrase{"basta", "AMAZON.StopIntent"},
                                     Phrase{"annulla", "AMAZON.CancelIntent"},
                                     Phrase{"sì", "AMAZON.YesIntent"},
                                     Phrase{"si", "AMAZON.YesIntent"},
                                     Phrase{"no", "AMAZON.NoIntent"},
                                     Phrase{"no grazie", "AMAZON.NoIntent"},
                                     Phrase{"ripeti", "AMAZON.RepeatIntent"},
                                     Phrase{"ricomincia", "AMAZON.StartOverIntent"},
                                     Phrase{"avanti", "AMAZON.NextIntent"},
                                     Phrase{"prossimo", "AMAZON.NextIntent"},
                                     Phrase{"indietro", "AMAZON.PreviousIntent"},
                                     Phrase{"precedente", "AMAZON.PreviousIntent"},
                                     Phrase{"pausa", "AMAZON.PauseIntent"},
                                     Phrase{"riprendi", "AMAZON.ResumeIntent"}};
constexpr std::array portuguese_phrases{Phrase{"ajuda", "AMAZON.HelpIntent"},
                                        Phrase{"me ajude", "AMAZON.HelpIntent"},
                                        Phrase{"pare", "AMAZON.StopIntent"},
                                        Phrase{"parar", "AMAZON.StopIntent"},
                                        Phrase{"cancelar", "AMAZON.CancelIntent"},
                                        Phrase{"cancela", "AMAZON.CancelIntent"},
                                        Phrase{"sim", "AMAZON.YesIntent"},
                                        Phrase{"não", "AMAZON.NoIntent"},
                                        Phrase{"não obrigado", "AMAZON.NoIntent"},
                                        Phrase{"não obrigada", "AMAZON.NoIntent"},
                                        Phrase{"repetir", "AMAZON.RepeatIntent"},
                                        Phrase{"repita", "AMAZON.RepeatIntent"},
                                        Phrase{"recomeçar", "AMAZON.StartOverIntent"},
                                        Phrase{"próximo", "AMAZON.NextIntent"},
                                        Phrase{"próxima", "AMAZON.NextIntent"},
                                        Phrase{"anterior", "AMAZON.PreviousIntent"},
                                        Phrase{"pausar", "AMAZON.PauseIntent"},
                                        Phrase{"continuar", "AMAZON.ResumeIntent"}};

constexpr std::array<std::string_view, 10> farewells{"exit",  "quit",      "leave",  "beenden", "quitter",
                                                     "salir", "verlassen", "sortir", "esci",    "sair"};

std::span<const Phrase> phrases_of(std::string_view locale) {
    const auto language = locale.substr(0, locale.find('-'));
    if (language == "de") return german_phrases;
    if (language == "fr") return french_phrases;
    if (language == "es") return spanish_phrases;
    if (language == "it") return italian_phrases;
    if (language == "pt") return portuguese_phrases;
    return english_phrases;
}

}  // namespace

std::optional<std::string> find_built_in_intent(std::string_view plain, std::string_view locale) {
    const auto phrases = phrases_of(locale);
    const auto found = std::ranges::find(phrases, plain, &Phrase::said);
    if (found == phrases.end()) return std::nullopt;
    return std::string(found->intent);
}

bool leaves(std::string_view plain) {
    return std::ranges::find(farewells, plain) != farewells.end();
}

}  // namespace symbolon::voice
