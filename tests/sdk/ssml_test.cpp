#include "symbolon/skill/ssml.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace symbolon::skill {
namespace {

using namespace std::chrono_literals;

TEST(Ssml, is_wrapped_exactly_once) {
    EXPECT_EQ(wrap_speak("Hi."), "<speak>Hi.</speak>");
    EXPECT_EQ(wrap_speak(" <speak> Hi. </speak>\n"), "<speak>Hi.</speak>");
    EXPECT_EQ(wrap_speak(""), "<speak></speak>");
    EXPECT_EQ(wrap_speak("<speak></speak>"), "<speak></speak>");
    EXPECT_EQ(wrap_speak("<speak>Hi."), "<speak><speak>Hi.</speak>") << "half a pair is not ours to mend";
}

TEST(Ssml, escapes_what_would_be_markup) {
    EXPECT_EQ(escape_ssml("<a b='c'> & \"d\""), "&lt;a b=&apos;c&apos;&gt; &amp; &quot;d&quot;");
    EXPECT_EQ(escape_ssml(std::string("a\0\x1b\tb", 5)), "a\tb") << "XML has no control characters";
    EXPECT_EQ(say_as("telephone", "<1>"), R"(<say-as interpret-as="telephone">&lt;1&gt;</say-as>)");
}

TEST(Ssml, says_digits_and_nothing_else) {
    EXPECT_EQ(say_digits("+1 (555) 55-01</say-as>"), R"(<say-as interpret-as="digits">15555501</say-as>)");
}

TEST(Ssml, makes_every_element) {
    EXPECT_EQ(Ssml("a").pause(500ms).pause(Strength::x_strong).text("b").markup(),
              R"(a<break time="500ms"/><break strength="x-strong"/>b)");
    EXPECT_EQ(Ssml().paragraph(Ssml().sentence(Ssml("a"))).markup(), "<p><s>a</s></p>");
    EXPECT_EQ(Ssml().say_as("spell-out", "ab").markup(), R"(<say-as interpret-as="spell-out">ab</say-as>)");
    EXPECT_EQ(Ssml().say_date("dmy", "1/2/26").markup(), R"(<say-as interpret-as="date" format="dmy">1/2/26</say-as>)");
    EXPECT_EQ(Ssml().substitute("Al", "aluminium").markup(), R"(<sub alias="aluminium">Al</sub>)");
    EXPECT_EQ(Ssml().phoneme(Alphabet::x_sampa, "pi.\"kA:n", "pecan").markup(),
              R"(<phoneme alphabet="x-sampa" ph="pi.&quot;kA:n">pecan</phoneme>)");
    EXPECT_EQ(Ssml().word("amazon:VBD", "read").markup(), R"(<w role="amazon:VBD">read</w>)");
    EXPECT_EQ(Ssml().emphasis(Emphasis::strong, Ssml("a")).markup(), R"(<emphasis level="strong">a</emphasis>)");
    EXPECT_EQ(Ssml().prosody({.rate = "fast", .volume = "+3dB"}, Ssml("a")).markup(),
              R"(<prosody rate="fast" volume="+3dB">a</prosody>)");
    EXPECT_EQ(Ssml().emotion(Emotion::excited, Intensity::low, Ssml("a")).markup(),
              R"(<amazon:emotion name="excited" intensity="low">a</amazon:emotion>)");
    EXPECT_EQ(Ssml().domain("news", Ssml("a")).markup(), R"(<amazon:domain name="news">a</amazon:domain>)");
    EXPECT_EQ(Ssml().whisper(Ssml("a")).markup(), R"(<amazon:effect name="whispered">a</amazon:effect>)");
    EXPECT_EQ(Ssml().voice("Hans", Ssml().language("de-DE", Ssml("a"))).markup(),
              R"(<voice name="Hans"><lang xml:lang="de-DE">a</lang></voice>)");
    EXPECT_EQ(Ssml().audio("soundbank://a&b").markup(), R"(<audio src="soundbank://a&amp;b"/>)");
}

TEST(Ssml, lets_no_text_become_markup) {
    const std::string evil = R"(</speak>"'&<audio src="https://x"/>)";
    const Ssml all = Ssml(evil)
                         .say_as(evil, evil)
                         .say_date(evil, evil)
                         .substitute(evil, evil)
                         .phoneme(Alphabet::ipa, evil, evil)
                         .word(evil, evil)
                         .prosody({evil, evil, evil}, Ssml(evil))
                         .domain(evil, Ssml(evil))
                         .voice(evil, Ssml(evil))
                         .language(evil, Ssml(evil))
                         .audio("https://x" + evil);
    EXPECT_EQ(all.markup().find("</speak>"), std::string::npos);
    EXPECT_EQ(all.markup().find("<audio src=\"https://x\"/>"), std::string::npos);
}

TEST(Ssml, nests_itself) {
    Ssml twice("a");
    twice.add(twice).whisper(twice);
    EXPECT_EQ(twice.markup(), R"(aa<amazon:effect name="whispered">aa</amazon:effect>)");
}

TEST(Ssml, refuses_what_the_platform_would_refuse) {
    EXPECT_THROW(Ssml().pause(10001ms), std::invalid_argument);
    EXPECT_THROW(Ssml().pause(-1ms), std::invalid_argument);
    EXPECT_NO_THROW(Ssml().pause(10000ms));
    EXPECT_THROW(Ssml().audio("http://x"), std::invalid_argument);
    EXPECT_THROW(Ssml().audio("javascript:x"), std::invalid_argument);
}

}  // namespace
}  // namespace symbolon::skill
