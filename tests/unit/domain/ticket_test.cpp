#include "shared/domain/ticket.h"

#include "tests/support/builders.h"

#include <optional>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::a_municipality;
using tests::ticket_rules;

// Kind 2, dose 1, Minoh, number 0000123456.
constexpr const char* kLine = "212722050000123456";

Result<TicketReading, TicketError> read(CodeFormat format, std::string_view text) {
    return parse_ticket(format, text, ticket_rules());
}

std::optional<TicketError> refusal(CodeFormat format, std::string_view text) {
    const auto reading = read(format, text);
    if (reading.ok()) return {};
    return reading.error();
}

TEST(TicketNumber, IsTenDigitsAndKeepsItsZeros) {
    EXPECT_EQ(TicketNumber::parse("0000123456")->digits(), "0000123456");
    EXPECT_EQ(TicketNumber::parse(" 0000-123 456 ")->digits(), "0000123456");
    EXPECT_EQ(TicketNumber::parse("0000000000").error(), TicketError::ZeroNumber);
    for (const char* wrong :
         {"", "123456", "00001234567", "000012345a", "００００１２３４５６", "----------"}) {
        EXPECT_EQ(TicketNumber::parse(wrong).error(), TicketError::Damaged) << wrong;
    }
}

TEST(TicketNumber, ShowsOthersItsLastFourDigitsOnly) {
    EXPECT_EQ(tests::a_ticket_number("9876543210").masked(), "••••••3210");
}

TEST(TicketQr, HoldsEighteenDigits) {
    const auto reading = read(CodeFormat::Qr, kLine);
    ASSERT_TRUE(reading.ok());
    EXPECT_EQ(reading->ticket, tests::a_ticket("0000123456"));
    EXPECT_EQ(reading->kind, 2);
    EXPECT_EQ(reading->dose, 1);
    EXPECT_TRUE(read(CodeFormat::Qr, std::string(kLine) + "\r\n").ok());
}

TEST(TicketQr, IsNeverRefusedForItsKindOrDose) {
    for (char kind = '0'; kind <= '9'; ++kind) {
        for (char dose = '0'; dose <= '9'; ++dose) {
            std::string line = kLine;
            line[0] = kind;
            line[1] = dose;
            const auto reading = read(CodeFormat::Qr, line);
            ASSERT_TRUE(reading.ok());
            EXPECT_EQ(reading->kind, kind - '0');
            EXPECT_EQ(reading->dose, dose - '0');
        }
    }
}

TEST(TicketQr, MayBeAnAddressOfTheTownsPattern) {
    const std::string prefix = "https://chat.town.example/t#";
    EXPECT_EQ(read(CodeFormat::Qr, prefix + kLine)->dose, 1);
    const auto bare = read(CodeFormat::Qr, prefix + "0000123456");
    ASSERT_TRUE(bare.ok());
    EXPECT_EQ(bare->ticket.municipality, a_municipality());
    EXPECT_FALSE(bare->kind);
    EXPECT_FALSE(bare->dose);
    EXPECT_EQ(refusal(CodeFormat::Qr, prefix), TicketError::Damaged);
    EXPECT_EQ(refusal(CodeFormat::Qr, prefix + "12345"), TicketError::Damaged);
    EXPECT_EQ(refusal(CodeFormat::Qr, "https://chat.town.example/t?" + std::string(kLine)),
              TicketError::NotATicket);
}

TEST(TicketQr, OfSomethingElseIsNotATicket) {
    for (const char* other : {"", "https://www.example.jp/", "4901234567894", "0000123456",
                              "WIFI:S:a;;", "ワクチン", "abcdefghijklmnopqr"}) {
        EXPECT_EQ(refusal(CodeFormat::Qr, other), TicketError::NotATicket) << other;
    }
    EXPECT_EQ(refusal(CodeFormat::Qr, std::string(513, '1')), TicketError::NotATicket);
    EXPECT_EQ(refusal(CodeFormat::Qr, std::string(1'000'000, ' ') + kLine),
              TicketError::NotATicket);
}

TEST(TicketQr, ThatIsNearlyATicketIsDamaged) {
    EXPECT_EQ(refusal(CodeFormat::Qr, "21272205000012345"), TicketError::Damaged) << "one short";
    EXPECT_EQ(refusal(CodeFormat::Qr, "2127220500001234567"), TicketError::Damaged) << "one more";
    EXPECT_EQ(refusal(CodeFormat::Qr, "21272205O000123456"), TicketError::Damaged) << "a letter";
    EXPECT_EQ(refusal(CodeFormat::Qr, "212722060000123456"), TicketError::Damaged) << "check digit";
}

TEST(Ticket, IsOfATownThatIsServedHere) {
    EXPECT_EQ(refusal(CodeFormat::Qr, "210110020000123456"), TicketError::OutsideServiceArea);
    EXPECT_EQ(refusal(CodeFormat::Qr, "211410030000123456"), TicketError::UnknownMunicipality);
}

TEST(Ticket, ThatTheLargeScaleSiteAcceptedIsRefusedHere) {
    EXPECT_EQ(refusal(CodeFormat::Qr, "210000000000000000"), TicketError::UnknownMunicipality);
    EXPECT_EQ(refusal(CodeFormat::Qr, "212722050000000000"), TicketError::ZeroNumber);
    EXPECT_EQ(refusal(CodeFormat::Typed, "0000000000"), TicketError::ZeroNumber);
}

TEST(TicketNw7, HoldsTheNumberOrTheWholeLine) {
    for (const char* text : {"0000123456", "A0000123456A", "D0000123456B", "a0000123456b"}) {
        const auto reading = read(CodeFormat::Nw7, text);
        ASSERT_TRUE(reading.ok()) << text;
        EXPECT_EQ(reading->ticket, tests::a_ticket("0000123456"));
        EXPECT_FALSE(reading->dose);
    }
    EXPECT_EQ(read(CodeFormat::Nw7, "A" + std::string(kLine) + "A")->dose, 1);
}

TEST(TicketNw7, OfAParcelIsNotATicketAndAShortOneIsDamaged) {
    EXPECT_EQ(refusal(CodeFormat::Nw7, "A123456789012A"), TicketError::NotATicket);
    EXPECT_EQ(refusal(CodeFormat::Nw7, "A000012345A"), TicketError::Damaged);
    EXPECT_EQ(refusal(CodeFormat::Nw7, "A00001-3456A"), TicketError::Damaged);
    EXPECT_EQ(refusal(CodeFormat::Nw7, "AA"), TicketError::NotATicket);
    EXPECT_EQ(refusal(CodeFormat::Nw7, "A"), TicketError::NotATicket);
    EXPECT_EQ(refusal(CodeFormat::Nw7, ""), TicketError::NotATicket);
}

TEST(TicketOcrLine, MayHaveGapsAndNothingElse) {
    EXPECT_EQ(read(CodeFormat::OcrLine, "21 272205 0000123456")->ticket, tests::a_ticket());
    EXPECT_EQ(refusal(CodeFormat::OcrLine, "21 272205 00001234S6"), TicketError::Damaged);
    EXPECT_EQ(refusal(CodeFormat::OcrLine, "0000123456"), TicketError::NotATicket)
        << "the line alone says whose number it is";
    EXPECT_EQ(refusal(CodeFormat::OcrLine, "予診のみ"), TicketError::NotATicket);
}

TEST(TicketTyped, IsTenDigitsOfThisTown) {
    EXPECT_EQ(read(CodeFormat::Typed, "0000123456")->ticket, tests::a_ticket());
    EXPECT_EQ(read(CodeFormat::Typed, "0000-123-456")->ticket, tests::a_ticket());
    EXPECT_EQ(refusal(CodeFormat::Typed, "123456"), TicketError::Damaged);
    EXPECT_EQ(refusal(CodeFormat::Typed, ""), TicketError::Damaged);
}

TEST(TicketTyped, NeedsAnOwnTownThatIsInTheTable) {
    TicketRules rules = ticket_rules();
    rules.municipalities.erase(rules.own);
    EXPECT_EQ(parse_ticket(CodeFormat::Typed, "0000123456", rules).error(),
              TicketError::UnknownMunicipality);
}

TEST(Ticket, WithoutATownsPatternAnyAddressIsSomethingElse) {
    TicketRules rules = ticket_rules();
    rules.address_prefix.clear();
    EXPECT_EQ(parse_ticket(CodeFormat::Qr, "https://chat.town.example/t#0000123456", rules).error(),
              TicketError::NotATicket);
    EXPECT_EQ(parse_ticket(CodeFormat::Qr, "0000123456", rules).error(), TicketError::NotATicket);
}

}  // namespace
}  // namespace mado
