#include "kiosk/shell/check_report.h"

#include "kiosk/screens/languages.h"

#include <gmock/gmock.h>

namespace mado::kiosk::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

Texts texts_of(const char* language) {
    return Texts::open(MADO_LOCALE_FOLDER, language).value();
}

Finding a_failure() {
    return {CheckedPart::Printer,        CheckState::Failed, "check.printer_failed"_t, {},
            "check.printer_paper_way"_t, "media-empty"};
}

TEST(CheckReport, TellsPartStateReasonAndWayOutInOneLine) {
    EXPECT_EQ(line_of(a_failure(), texts_of("ja")),
              "プリンタ: 異常。テストページを印刷できません。 用紙を入れてください。 "
              "(media-empty)");
    EXPECT_EQ(line_of(a_failure(), texts_of("en")),
              "Printer: failed. the test page was not printed. Put paper in. (media-empty)");
}

TEST(CheckReport, TellsWhatIsWellWithoutAWayOut) {
    const Finding well{
        CheckedPart::Disk, CheckState::Ok, "check.disk_ok"_t, {{"free", "5.0 GB"}, {"ms", "12"}}};
    EXPECT_EQ(line_of(well, texts_of("en")), "Disk: ok. 5.0 GB free, a durable write took 12 ms.");
}

TEST(CheckReport, IsOneLineWithEveryValueInEveryLanguage) {
    const Finding finding{CheckedPart::Camera,
                          CheckState::Failed,
                          "check.camera_dark"_t,
                          {{"width", "1280"}, {"height", "720"}, {"light", "3"}},
                          "check.camera_dark_way"_t};
    for (const Language language : kLanguages) {
        const std::string line = line_of(finding, texts_of(code_of(language)));
        EXPECT_THAT(line, HasSubstr("1280×720"));
        EXPECT_THAT(line, Not(HasSubstr("check.")));
        EXPECT_THAT(line, Not(HasSubstr("\n")));
        EXPECT_THAT(line, Not(HasSubstr("{")));
    }
}

TEST(CheckReport, TellsProgramsTheSameWordsInEveryLanguage) {
    const std::string japanese =
        json_of(a_failure(), std::chrono::milliseconds(2310), texts_of("ja"));
    EXPECT_EQ(japanese,
              R"({"check":"printer","state":"failed","reason":"printer_failed","values":{},)"
              R"("text":"テストページを印刷できません","way_out":"用紙を入れてください。",)"
              R"("detail":"media-empty","ms":2310})");
    EXPECT_THAT(json_of(a_failure(), {}, texts_of("en")),
                HasSubstr(R"("check":"printer","state":"failed","reason":"printer_failed")"));
    const Finding missing{CheckedPart::Sound, CheckState::NotThere, "check.sound_missing"_t};
    EXPECT_THAT(json_of(missing, {}, texts_of("ja")), HasSubstr(R"("state":"not-there")"));
    const Finding out{CheckedPart::Clock, CheckState::LeftOut, "check.clock_unknown"_t};
    EXPECT_THAT(json_of(out, {}, texts_of("ja")), HasSubstr(R"("state":"left-out")"));
}

}  // namespace
}  // namespace mado::kiosk::tests
