#pragma once

// Puts a speech together, sentence by sentence. Of use to this folder alone.

#include "kiosk/texts/speech.h"

#include <initializer_list>

namespace mado::kiosk {

class Telling {
  public:
    Telling(const Kiosk& kiosk, const ReadingsTable& readings)
        : kiosk_(kiosk), all_(readings), readings_(readings.at(kiosk.visit.language)) {}

    const Kiosk& kiosk() const { return kiosk_; }
    const Readings& readings() const { return readings_; }

    // To everybody who stands near.
    void say(TextKey key, std::initializer_list<Argument> arguments = {});
    // Into the headset.
    void whisper(TextKey key, std::initializer_list<Argument> arguments = {});
    // The same for what is no text of a catalogue. Nothing where it is empty.
    void say_as_read(std::string reading);
    void whisper_as_read(std::string reading);

    // The name of a language, by its own voice.
    void say_own_name(Language language);
    // "You can press:", and what stands on the buttons.
    void offer(std::initializer_list<TextKey> buttons);
    // Where something personal was left out for want of a headset: that it is on the screen.
    void point_at_screen();
    // The call centre's number below a line that says so, where the town has one.
    void telephone(TextKey label);
    // What is the matter with the printer.
    void printer();

    std::vector<Sentence> take() { return std::move(sentences_); }

  private:
    void add(TextKey key, bool fixed, std::variant<std::string, Personal<std::string>> reading);

    const Kiosk& kiosk_;
    const ReadingsTable& all_;
    const Readings& readings_;
    std::vector<Sentence> sentences_;
};

// Values, as more than one screen says them.

std::string spoken_time(const Slot& slot, const Readings& readings);
// Empty where its name cannot be read.
std::string spoken_venue(const Venue& venue, const Readings& readings);
std::string spoken_dose(int dose, const Readings& readings);
std::string spoken_year(const BirthEntry& entry, const Readings& readings);
std::string spoken_birth(const BirthEntry& entry, const Readings& readings);
// 3-127-6, with a word for each dash.
std::string spoken_booking_number(const BookingId& booking, const Readings& readings);
// An offer among others; "the second venue" where its name cannot be read.
std::string spoken_offer(const Offer& offer, const OfferList& list, const Readings& readings);
std::string spoken_venue_offer(const ChoosingVenue& screen, VenueId id, const Readings& readings);
// 第2希望
std::string spoken_choice(std::size_t rank, const Readings& readings);

// What each screen says.

void tell(const Welcome& screen, Telling& telling);
void tell(const OutOfService& screen, Telling& telling);
void tell(const Scanning& screen, Telling& telling);
void tell(const TypingNumber& screen, Telling& telling);
void tell(const AskingEra& screen, Telling& telling);
void tell(const AskingYear& screen, Telling& telling);
void tell(const AskingMonth& screen, Telling& telling);
void tell(const AskingDay& screen, Telling& telling);
void tell(const BirthImpossible& screen, Telling& telling);
void tell(const ConfirmingBirth& screen, Telling& telling);
void tell(const LookingUp& screen, Telling& telling);
void tell(const NotMatched& screen, Telling& telling);
void tell(const SeriesComplete& screen, Telling& telling);
void tell(const ShowingBooking& screen, Telling& telling);
void tell(const AskingCancel& screen, Telling& telling);
void tell(const KeepingCancel& screen, Telling& telling);
void tell(const CancelTaken& screen, Telling& telling);
void tell(const PleaseAskStaff& screen, Telling& telling);
void tell(const IntervalAhead& screen, Telling& telling);
void tell(const Declaring& screen, Telling& telling);
void tell(const ListingOffers& screen, Telling& telling);
void tell(const NoPlace& screen, Telling& telling);
void tell(const Suggesting& screen, Telling& telling);
void tell(const TakingMemo& screen, Telling& telling);
void tell(const ChoosingVenue& screen, Telling& telling);
void tell(const ChoosingDay& screen, Telling& telling);
void tell(const ChoosingTime& screen, Telling& telling);
void tell(const ConfirmingBooking& screen, Telling& telling);
void tell(const KeepingBooking& screen, Telling& telling);
void tell(const Booked& screen, Telling& telling);
void tell(const Applying& screen, Telling& telling);
void tell(const KeepingApplication& screen, Telling& telling);
void tell(const ApplicationTaken& screen, Telling& telling);
void tell(const ShowingApplication& screen, Telling& telling);
void tell(const AskingWithdrawal& screen, Telling& telling);
void tell(const KeepingWithdrawal& screen, Telling& telling);
void tell(const WithdrawalTaken& screen, Telling& telling);
void tell(const Farewell& screen, Telling& telling);

// What is new on a screen that stands: everything, but for these.
template <class Screen>
void tell_news(const Screen& screen, Telling& telling) {
    tell(screen, telling);
}
void tell_news(const Scanning& screen, Telling& telling);
void tell_news(const TypingNumber& screen, Telling& telling);
void tell_news(const AskingYear& screen, Telling& telling);
void tell_news(const Declaring& screen, Telling& telling);
void tell_news(const NoPlace& screen, Telling& telling);
void tell_news(const TakingMemo& screen, Telling& telling);
void tell_news(const ShowingBooking& screen, Telling& telling);
void tell_news(const Booked& screen, Telling& telling);
void tell_news(const ApplicationTaken& screen, Telling& telling);
void tell_news(const ShowingApplication& screen, Telling& telling);
void tell_news(const Farewell& screen, Telling& telling);

}  // namespace mado::kiosk
