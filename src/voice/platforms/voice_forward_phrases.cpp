#include "voice/platforms/voice_forward_phrases.hpp"

#include "voice/models/language.hpp"

#include <algorithm>
#include <array>

namespace symbolon::voice {

namespace {

constexpr std::string_view english_approvals[]{"i approve", "approve", "link my account"};
constexpr std::string_view german_approvals[]{"ich stimme zu", "ich bin einverstanden", "einverstanden"};
constexpr std::string_view french_approvals[]{"jaccepte", "jautorise"};
constexpr std::string_view spanish_approvals[]{"acepto", "lo autorizo"};
constexpr std::string_view italian_approvals[]{"accetto", "autorizzo"};
constexpr std::string_view portuguese_approvals[]{"eu autorizo", "autorizo", "aceito"};

constexpr std::array<VoiceForwardPhrases, 6> all{{
    {.language = "en",
     .consent = "To link your account, some information of your profile is shared. Do you give {skill} permission to "
                "access your name and email address? You can say \"I approve\", or \"No\".",
     .code = "To authenticate your request, say \"My code is\", followed by the code that was sent to your phone.",
     .not_understood = "I did not get that.",
     .wrong_code = "That is not the code.",
     .text_message = "{code} is your code to link {skill}.",
     .approvals = english_approvals},
    {.language = "de",
     .consent = "Um dein Konto zu verknüpfen, werden Angaben aus deinem Profil geteilt. Darf {skill} auf deinen Namen "
                "und deine E-Mail-Adresse zugreifen? Du kannst \"Ich stimme zu\" oder \"Nein\" sagen.",
     .code = "Um deine Anfrage zu bestätigen, sage \"Mein Code ist\" und dann den Code, der an dein Handy gesendet "
             "wurde.",
     .not_understood = "Das habe ich nicht verstanden.",
     .wrong_code = "Das ist nicht der Code.",
     .text_message = "{code} ist dein Code, um {skill} zu verknüpfen.",
     .approvals = german_approvals},
    {.language = "fr",
     .consent = "Pour associer votre compte, certaines informations de votre profil sont partagées. Autorisez-vous "
                "{skill} à accéder à votre nom et à votre adresse e-mail ? Vous pouvez dire \"J'accepte\" ou \"Non\".",
     .code = "Pour confirmer votre demande, dites \"Mon code est\", suivi du code envoyé sur votre téléphone.",
     .not_understood = "Je n'ai pas compris.",
     .wrong_code = "Ce n'est pas le bon code.",
     .text_message = "{code} est votre code pour associer {skill}.",
     .approvals = french_approvals},
    {.language = "es",
     .consent = "Para vincular tu cuenta se comparte información de tu perfil. ¿Das permiso a {skill} para acceder a "
                "tu nombre y a tu correo electrónico? Puedes decir \"Acepto\" o \"No\".",
     .code = "Para confirmar tu solicitud, di \"Mi código es\" y después el código que se envió a tu teléfono.",
     .not_understood = "No te he entendido.",
     .wrong_code = "Ese no es el código.",
     .text_message = "{code} es tu código para vincular {skill}.",
     .approvals = spanish_approvals},
    {.language = "it",
     .consent = "Per collegare il tuo account vengono condivise alcune informazioni del tuo profilo. Autorizzi {skill} "
                "ad accedere al tuo nome e al tuo indirizzo e-mail? Puoi dire \"Accetto\" o \"No\".",
     .code = "Per confermare la richiesta, di' \"Il mio codice è\" seguito dal codice inviato al tuo telefono.",
     .not_understood = "Non ho capito.",
     .wrong_code = "Non è il codice giusto.",
     .text_message = "{code} è il tuo codice per collegare {skill}.",
     .approvals = italian_approvals},
    {.language = "pt",
     .consent =
         "Para vincular sua conta, algumas informações do seu perfil são compartilhadas. Você autoriza {skill} a "
         "acessar seu nome e seu endereço de e-mail? Você pode dizer \"Eu autorizo\" ou \"Não\".",
     .code = "Para confirmar seu pedido, diga \"Meu código é\" seguido do código enviado ao seu telefone.",
     .not_understood = "Não entendi.",
     .wrong_code = "Esse não é o código.",
     .text_message = "{code} é o seu código para vincular {skill}.",
     .approvals = portuguese_approvals},
}};

}  // namespace

const VoiceForwardPhrases& voice_forward_phrases(std::string_view locale) {
    const auto* found = std::ranges::find(all, language_of(locale).code, &VoiceForwardPhrases::language);
    return found != all.end() ? *found : all.front();
}

}  // namespace symbolon::voice
