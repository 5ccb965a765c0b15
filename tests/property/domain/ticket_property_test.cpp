#include "shared/domain/ticket.h"
#include "tests/support/builders.h"
#include "tests/support/data.h"
#include "tests/support/dice.h"

#include <array>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::Dice;

constexpr std::array kFormats = {CodeFormat::Qr, CodeFormat::Nw7, CodeFormat::OcrLine,
                                 CodeFormat::Typed};

std::string some_digits(Dice& dice, int count) {
    std::string digits;
    for (int i = 0; i < count; ++i)
        digits += static_cast<char>('0' + dice.below(10));
    return digits;
}

std::string a_right_line(Dice& dice) {
    std::string number = some_digits(dice, 10);
    number.back() = '1';
    return some_digits(dice, 2) + "272205" + number;
}

// A text near a ticket: a right line that suffered, or bytes of any kind.
std::string some_text(Dice& dice) {
    constexpr std::string_view kBytes = "0123456789 -ABCDabcd#:/\t\r\n\x00\x80\xE3\xFF";
    std::string text = dice.percent(60) ? a_right_line(dice) : "";
    if (dice.percent(20)) text = "https://chat.town.example/t#" + text;
    if (dice.percent(20)) text = "A" + text + "B";
    for (int changes = dice.below(6); changes > 0; --changes) {
        const auto place = static_cast<std::size_t>(dice.below(static_cast<int>(text.size()) + 1));
        if (dice.percent(50) && place < text.size()) {
            text.erase(place, 1);
        } else {
            text.insert(place, 1, dice.pick(kBytes));
        }
    }
    return text;
}

void expect_right(const TicketReading& reading) {
    const TicketRules rules = tests::ticket_rules();
    EXPECT_TRUE(rules.service_area.contains(reading.ticket.municipality));
    EXPECT_EQ(reading.ticket.number.digits().size(), 10U);
    EXPECT_NE(reading.ticket.number.digits(), "0000000000");
    EXPECT_EQ(reading.kind.has_value(), reading.dose.has_value());
}

TEST(TicketProperty, WhateverIsReadIsATicketOfThisTownOrAnError) {
    const TicketRules rules = tests::ticket_rules();
    int tickets = 0;
    int damaged = 0;
    int others = 0;
    for (const auto seed : tests::seeds(20'000)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        const std::string text = some_text(dice);
        const auto reading = parse_ticket(dice.pick(kFormats), text, rules);
        if (reading.ok()) {
            expect_right(*reading);
            ++tickets;
        } else {
            ++(reading.error() == TicketError::NotATicket ? others : damaged);
        }
        if (HasFailure()) return;
    }
    EXPECT_GT(tickets, 500);
    EXPECT_GT(damaged, 500);
    EXPECT_GT(others, 500);
}

TEST(TicketProperty, ARightLineReadsTheSameFromEveryPlaceItIsPrinted) {
    const TicketRules rules = tests::ticket_rules();
    for (const auto seed : tests::seeds(500)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        const std::string line = a_right_line(dice);
        const auto qr = parse_ticket(CodeFormat::Qr, line, rules);
        ASSERT_TRUE(qr.ok());
        EXPECT_EQ(parse_ticket(CodeFormat::Nw7, "A" + line + "A", rules), qr);
        EXPECT_EQ(parse_ticket(CodeFormat::OcrLine, line, rules), qr);
        EXPECT_EQ(parse_ticket(CodeFormat::Qr, rules.address_prefix + line, rules), qr);
        const std::string number = line.substr(8);
        EXPECT_EQ(parse_ticket(CodeFormat::Nw7, number, rules)->ticket, qr->ticket);
        EXPECT_EQ(parse_ticket(CodeFormat::Typed, number, rules)->ticket, qr->ticket);
    }
}

// What catches one wrong digit before any roster is asked. Six of the eighteen digits belong to the
// municipality: where a single town is served, no change of them passes. The other twelve do.
TEST(TicketProperty, AWrongDigitInTheMunicipalityNeverPassesAndElsewhereTheRosterMustCatchIt) {
    const TicketRules rules = tests::ticket_rules();
    int passed = 0;
    constexpr int kTries = 18'000;
    for (int seed = 1; seed <= kTries; ++seed) {
        Dice dice(static_cast<std::uint64_t>(seed));
        std::string line = a_right_line(dice);
        const auto right = parse_ticket(CodeFormat::Qr, line, rules);
        const auto place = static_cast<std::size_t>(dice.below(18));
        line[place] = static_cast<char>('0' + (line[place] - '0' + dice.between(1, 9)) % 10);
        const auto wrong = parse_ticket(CodeFormat::Qr, line, rules);
        const bool in_municipality = place >= 2 && place < 8;
        EXPECT_EQ(wrong.ok(), !in_municipality) << "place " << place;
        if (wrong.ok()) {
            EXPECT_NE(wrong, right);
            ++passed;
        }
    }
    EXPECT_NEAR(static_cast<double>(passed) / kTries, 12.0 / 18.0, 0.02);
}

}  // namespace
}  // namespace mado
