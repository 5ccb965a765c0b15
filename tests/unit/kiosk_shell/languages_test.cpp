#include "kiosk/screens/languages.h"

#include "shared/texts/texts.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

TEST(Languages, AreCalledAsTheirCataloguesCallThemselves) {
    for (const Language language : kLanguages) {
        const auto texts = Texts::open(MADO_LOCALE_FOLDER, code_of(language));
        ASSERT_TRUE(texts.ok()) << code_of(language);
        EXPECT_EQ(texts->say("language.name"_t), own_name_of(language));
    }
}

TEST(Languages, AreFoundByTheirCodes) {
    for (const Language language : kLanguages) {
        EXPECT_EQ(language_of(code_of(language)), language);
    }
    EXPECT_FALSE(language_of("eo").has_value());
    EXPECT_FALSE(language_of("").has_value());
}

}  // namespace
}  // namespace mado::kiosk::tests
