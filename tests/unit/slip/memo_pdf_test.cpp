// The memo as paper.

#include "shared/slip/memo_pdf.h"

#include "tests/unit/slip/printed.h"

#include <gmock/gmock.h>

namespace mado {
namespace {

using ::testing::HasSubstr;
using tests::Picture;
using tests::Printed;

MemoWords words() {
    return {"相談メモ",
            "みどり市",
            "まだ予約していません",
            "7月5日（月） 午前9時に空いていた日です。",
            {{"第1公民館", "みどり市中央1丁目1-1", {"7月12日（月）", "7月13日（火）　残りわずか"}},
             {"第2公民館", "", {"7月14日（水）"}}},
            "ご予約のお電話",
            "0120-000-000",
            "この機械でも予約できます。"};
}

Printed print(const MemoWords& memo, Paper paper = Paper::A5) {
    const auto pdf = render_memo(memo, paper);
    EXPECT_TRUE(pdf.ok());
    return Printed(pdf.ok() ? *pdf : Bytes{});
}

// Nothing stands in the blank that printers leave.
void expect_blank_edges(const Picture& page) {
    constexpr int kEdge = 50;  // 5 mm
    EXPECT_FALSE(page.inked_in(0, 0, page.width, kEdge));
    EXPECT_FALSE(page.inked_in(0, page.height - kEdge, page.width, page.height));
    EXPECT_FALSE(page.inked_in(0, 0, kEdge, page.height));
    EXPECT_FALSE(page.inked_in(page.width - kEdge, 0, page.width, page.height));
}

TEST(MemoPdf, SaysAllOfItOnOnePage) {
    for (const Paper paper : {Paper::A5, Paper::A4}) {
        const Printed printed = print(words(), paper);
        EXPECT_EQ(printed.pages(), 1);
        const std::string text = printed.text();
        for (const char* said : {"相談メモ", "みどり市", "まだ予約していません", "第1公民館",
                                 "7月12日（月）", "残りわずか", "第2公民館", "7月14日（水）",
                                 "ご予約のお電話", "0120-000-000", "この機械でも予約できます。"}) {
            EXPECT_THAT(text, HasSubstr(said));
        }
        expect_blank_edges(printed.picture());
    }
}

TEST(MemoPdf, LeavesOutATelephoneThatTheTownHasNot) {
    MemoWords memo = words();
    memo.telephone.clear();
    const std::string text = print(memo).text();
    EXPECT_EQ(text.find("お電話"), std::string::npos);
    EXPECT_THAT(text, HasSubstr("この機械でも予約できます。"));
}

TEST(MemoPdf, ShrinksManyDaysAndCutsWhatIsFarTooMuch) {
    MemoWords memo = words();
    memo.parts.clear();
    for (int venue = 0; venue < 3; ++venue) {
        memo.parts.push_back(
            {"みどり市立中央保健福祉総合センター別館大会議室", "みどり市中央1丁目1-1", {}});
        for (int day = 10; day < 18; ++day)
            memo.parts.back().days.push_back("7月" + std::to_string(day) + "日（月）　残りわずか");
    }
    const Printed usual = print(memo);
    EXPECT_EQ(usual.pages(), 1);
    EXPECT_THAT(usual.text(), HasSubstr("7月17日（月）"));
    expect_blank_edges(usual.picture());

    for (int more = 0; more < 6; ++more)
        memo.parts.insert(memo.parts.end(), memo.parts.begin(), memo.parts.begin() + 3);
    const Printed full = print(memo);
    EXPECT_EQ(full.pages(), 1);
    EXPECT_THAT(full.text(), HasSubstr("0120-000-000"));
    expect_blank_edges(full.picture());
}

}  // namespace
}  // namespace mado
