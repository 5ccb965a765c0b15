#pragma once

// Values put into words, for more than one screen.

#include "kiosk/screens/screens.h"
#include "shared/domain/birth_date.h"
#include "shared/ui/widgets.h"

#include <string>
#include <vector>

namespace mado::kiosk {

// 昭和14年, 昭和元年, 1939年; Showa 14 (1939)
std::string year_text(const BirthEntry& entry, const Texts& texts);
// 昭和14年7月5日, and without the year.
std::string date_text(const BirthEntry& entry, const Texts& texts);
std::string month_and_day(const BirthEntry& entry, const Texts& texts);
// 接種券の番号　••••••4821
std::string ticket_line(const Ticket& ticket, const Texts& texts);

const std::string& venue_name(const Venue& venue, const Texts& texts);
// The code itself where the table lacks it.
std::string vaccine_name(const VaccineCode& code, const VaccineTable& table, const Texts& texts);
// Without what stands in brackets, where room is short: 武田/モデルナ
std::string without_brand(const std::string& vaccine);
// 1回目, 2回目; dose 1
std::string dose_text(int dose, const Texts& texts);
// What a booking is about: day, time, venue, and then the address alone (what somebody without a
// slip must know), dose and vaccine alone, or all of it.
enum class Detail { Least, Usual, Full };
std::vector<ui::Fact> facts_of(const Slot& slot, const Venue& venue, const std::string& vaccine,
                               int dose, Detail detail, const Texts& texts);
// The card of a booking.
void paint_booking(const Slip& slip, Detail detail, const Texts& texts);
// Where somebody changes a booking: which one it is, in a line.
void paint_instead_of(const Applicant& applicant, const Texts& texts);
// The card of a booking, and until when it can be changed.
void paint_slip(const Slip& slip, Detail detail, const Texts& texts);
// Where somebody applies: which choice is being made; nothing otherwise.
void paint_which_choice(const Choice& choice, const Texts& texts);
// The card of what was applied for, each choice with its rank.
void paint_choices(const std::vector<ChosenPlace>& places, const Texts& texts);
// How the receipt's printing goes: the number to copy where none comes out, and a button where
// there is a printer.
std::optional<Event> paint_receipt_printing(SlipState printing, const Receipt& receipt,
                                            const View& view);
// The notice above renewed offers; empty without one.
std::string notice_text(const std::optional<OfferNotice>& notice, const Texts& texts);
// Whether the person copies the booking's number, since no slip comes out: that takes room.
bool is_number_copied(SlipState printing, const View& view);
// Shows how the slip's printing goes, and a button to try again where there is a printer. `offer`
// stands on that button before anything was printed.
std::optional<Event> paint_printing(SlipState printing, const BookingId& booking,
                                    const std::string& offer, const View& view);
// What is the matter with the printer that the last job did not come out of.
std::string printer_text(const View& view);
// 次の受付開始は…
std::string opening_text(Instant opening, const Texts& texts);
// Shows how a memo's printing goes: a button before it and where it failed, where there is a
// printer.
std::optional<Event> paint_memo_printing(SlipState printing, const View& view);
// "1／2" between arrows; nothing where there is one page.
std::optional<Event> paint_pages(Page page, const Texts& texts);
// The call centre's number below a line that says so; nothing where the town has none.
void paint_telephone(const View& view);
// What staff should know of the machine, in one line; empty where all is well.
std::string staff_text(const Kiosk& kiosk, const Texts& texts);
// All languages, each by its own name.
std::optional<Event> paint_languages(ui::TileRows rows);
// "Please wait": nothing to touch and nothing that moves.
void paint_waiting(const std::string& title, const std::string& detail);

}  // namespace mado::kiosk
