#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::string venue_of(const OfferList& list, VenueId id, const Texts& texts) {
    const auto found = list.venues.find(id);
    return found == list.venues.end() ? std::string() : venue_name(found->second, texts);
}

std::string title_of(const Applicant& applicant, const Texts& texts) {
    if (applicant.instead_of) return texts.say("suggest.title_change"_t);
    const DoseWish& wish = applicant.wish;
    if (!wish.suggested) return texts.say("suggest.title"_t);
    return texts.say("suggest.title_next_dose"_t, {{"dose", dose_text(wish.dose, texts)}});
}

// Why this one leads: what it has in common with the dose before.
std::string why_of(const Offer& offer, const DoseWish& wish, const Texts& texts) {
    const TextKey key = key_of(likeness_of(offer, wish));
    if (key == TextKey{}) return {};
    return texts.say(key, {{"dose", dose_text(wish.dose - 1, texts)}});
}

}  // namespace

std::optional<Event> paint(const Suggesting& screen, const View& view) {
    const Texts& texts = view.texts;
    const Choice& choice = screen.choice;
    std::optional<Event> event;

    ui::heading(title_of(choice.applicant, texts));
    paint_instead_of(choice.applicant, texts);
    if (const std::string notice = notice_text(choice.notice, texts); !notice.empty()) {
        ui::notice(notice, ui::Mood::Bad);
    }
    std::vector<ui::Choice> cards;
    for (const Offer& offer : screen.offers) {
        const Slot& slot = offer.slot;
        const std::string when = texts.say(
            "offer.when"_t, {{"day", texts.day(slot.date)}, {"time", texts.time(slot.starts)}});
        cards.push_back({"offer/" + slot.id.text(),
                         when,
                         {venue_of(choice.list, slot.venue, texts),
                          vaccine_name(slot.vaccine, choice.list.vaccines, texts)}});
        const std::string why = why_of(offer, choice.applicant.wish, texts);
        if (cards.size() == 1 && !why.empty()) {
            cards.back().details.insert(cards.back().details.begin() + 1, why);
        }
    }
    if (const auto touched = ui::choices(cards)) {
        event = OfferTouched{screen.offers[*touched].slot.id};
    }
    ui::spring();
    if (ui::button("other", texts.say("suggest.other"_t), ui::Look::Secondary)) {
        event = OtherTouched{};
    }
    if (may_print_memo(view.kiosk) &&
        ui::button("memo", texts.say("suggest.memo"_t), ui::Look::Secondary)) {
        event = MemoTouched{};
    }

    return event;
}

}  // namespace mado::kiosk
