#include "kiosk/shell/test_page.h"

#include "kiosk/screens/languages.h"
#include "sync/protocol/slip_code.h"
#include "tests/support/builders.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace mado::kiosk::tests {
namespace {

TestPage a_page(Language language) {
    return {mado::tests::a_town(), DeviceId(3), mado::tests::now(), language, Paper::A5};
}

TEST(TestPage, IsRenderedInEveryLanguageWithATownAndWithout) {
    for (const Language language : kLanguages) {
        const auto texts = Texts::open(MADO_LOCALE_FOLDER, code_of(language)).value();
        auto page = a_page(language);
        for (int round = 0; round < 2; ++round) {
            const auto document = render_test_page(page, texts);
            ASSERT_TRUE(document.ok());
            EXPECT_EQ(document->name, "test page");
            EXPECT_EQ(std::string(document->pdf.begin(), document->pdf.begin() + 5), "%PDF-");
            page.town.reset();
        }
    }
}

TEST(TestPage, ItsCodeIsAsFineAsASlipsAndIsNone) {
    const sync::SignedBooking booking{
        mado::tests::a_municipality(), mado::tests::a_booking().id,  PersonId(1), 1, SlotId(1),
        mado::tests::today(),          mado::tests::a_time("09:30"), DeviceId(3)};
    const sync::SlipSigner signer{
        {}, {}, [](std::span<const std::uint8_t>) { return sync::Signature{}; }};
    const std::string slip = sync::write_slip_code(booking, signer);
    const std::string page = test_page_code();
    EXPECT_EQ(page.size(), slip.size());
    constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    EXPECT_EQ(page.find_first_not_of(kAlphanumeric), std::string::npos);
    EXPECT_FALSE(page.starts_with("MADO1:"));
}

}  // namespace
}  // namespace mado::kiosk::tests
