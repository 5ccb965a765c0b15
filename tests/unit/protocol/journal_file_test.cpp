#include "sync/protocol/journal_file.h"

#include "shared/platform/keys.h"
#include "sync/protocol/event_json.h"
#include "tests/support/builders.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using namespace mado::sync;
using testing::HasSubstr;

class JournalFileTest : public testing::Test {
  protected:
    JournalFileTest() {
        journal_.device = DeviceId(3);
        Digest previous{7, 8};
        const std::vector<std::string> bodies = {
            write_event({now(), {1}, Started{}}), "とても \"古い\" \\ 行\n",
            write_event({now(), {2}, SeatsReturned{SlotId(4), 2}})};
        for (const std::string& body : bodies) {
            const auto number = 41 + static_cast<std::int64_t>(journal_.events.size());
            journal_.events.push_back({DeviceId(3), EventNumber(number), previous, body});
            previous = journal_.events.back().hash();
        }
        text_ = write_journal_file(
            journal_, [this](std::span<const std::uint8_t> bytes) { return key_.sign(bytes); });
    }

    std::vector<std::string> lines() const {
        std::vector<std::string> found;
        for (std::size_t at = 0; at < text_.size();) {
            const auto end = text_.find('\n', at) + 1;
            found.push_back(text_.substr(at, end - at));
            at = end;
        }
        return found;
    }
    static std::string joined(const std::vector<std::string>& lines) {
        std::string text;
        for (const std::string& line : lines)
            text += line;
        return text;
    }
    static JournalFileError error_of(const std::string& text) {
        const auto parsed = parse_journal_file(text);
        if (parsed.ok()) {
            ADD_FAILURE() << "taken";
            return {0, ""};
        }
        return parsed.error();
    }

    PrivateKey key_ = PrivateKey::generate();
    JournalFile journal_;
    std::string text_;
};

TEST_F(JournalFileTest, ComesBackAsItWasWritten) {
    const auto parsed = parse_journal_file(text_);
    ASSERT_TRUE(parsed.ok()) << parsed.error().what;
    EXPECT_EQ(parsed->journal, journal_);
    EXPECT_TRUE(parsed->signed_by(key_.public_key()));
    EXPECT_FALSE(parsed->signed_by(PrivateKey::generate().public_key()));
    EXPECT_EQ(lines().size(), 5U);
}

TEST_F(JournalFileTest, IsRefusedWhereverItIsCut) {
    for (std::size_t size = 0; size < text_.size(); ++size) {
        const auto error = error_of(text_.substr(0, size));
        const auto line = static_cast<std::size_t>(
            std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
        EXPECT_EQ(error.line, line + 1) << size;
    }
    EXPECT_EQ(error_of(joined({lines()[0], lines()[1]})).what,
              "the file ends here, before its end");
}

TEST_F(JournalFileTest, IsRefusedWhateverByteIsAltered) {
    for (std::size_t at = 0; at < text_.size(); ++at) {
        std::string altered = text_;
        altered[at] = altered[at] == 'x' ? 'y' : 'x';
        const auto parsed = parse_journal_file(altered);
        if (!parsed.ok()) continue;
        EXPECT_FALSE(parsed->signed_by(key_.public_key())) << at;
    }
}

TEST_F(JournalFileTest, SaysInWhichLineAnEventIsWrong) {
    auto missing = lines();
    missing.erase(missing.begin() + 2);
    EXPECT_EQ(error_of(joined(missing)), (JournalFileError{3, "event 42 must stand here"}));

    auto swapped = lines();
    swapped[1] = swapped[1].replace(swapped[1].find("AQ"), 2, "Ag");
    EXPECT_EQ(error_of(joined(swapped)),
              (JournalFileError{3, "this event does not follow the one before"}));

    auto last = lines();
    last[3] = last[3].replace(last[3].find(R"(\"slot\":4)"), 10, R"(\"slot\":5)");
    EXPECT_EQ(error_of(joined(last)), (JournalFileError{5, "the checksum is of another file"}));
}

TEST_F(JournalFileTest, IsWrittenInOneWayOnly) {
    auto spaced = lines();
    spaced[0].insert(1, " ");
    EXPECT_EQ(error_of(joined(spaced)),
              (JournalFileError{1, "not written as a journal's line is"}));
    auto more = lines();
    more[0].insert(more[0].size() - 2, R"(,"more":1)");
    EXPECT_EQ(error_of(joined(more)).line, 1U);
    EXPECT_EQ(error_of(text_ + "\n"), (JournalFileError{6, "there is something behind the end"}));
}

TEST_F(JournalFileTest, IsBoundedAndOfThisVersion) {
    const auto with_header = [this](const std::string& header) {
        auto all = lines();
        all[0] = header + "\n";
        return error_of(joined(all));
    };
    for (const char* header : {
             R"({"madoguchi_journal":2,"device":3,"first":41,"count":3})",
             R"({"madoguchi_journal":1,"device":0,"first":41,"count":3})",
             R"({"madoguchi_journal":1,"device":3,"first":0,"count":3})",
             R"({"madoguchi_journal":1,"device":3,"first":41,"count":0})",
             R"({"madoguchi_journal":1,"device":3,"first":41,"count":500001})",
             "id,name",
         }) {
        EXPECT_EQ(with_header(header).line, 1U) << header;
    }
    auto long_body = lines();
    long_body[1] = R"({"number":41,"previous":")" + to_base64url(Digest{7, 8}) + R"(","body":")" +
                   std::string(kEventBodyBytesMax + 1, 'x') + "\"}\n";
    EXPECT_THAT(error_of(joined(long_body)).what, HasSubstr("body"));
    EXPECT_EQ(error_of(joined(long_body)).line, 2U);
}

}  // namespace
}  // namespace mado::tests
