#include "shared/platform/clock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/records/letters.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace mado::server {

namespace {

// "2021-07-12 09:00" in Japan's time.
std::optional<Instant> parse_moment(std::string_view text) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return {};
    const auto date = parse_date(text.substr(0, space));
    const auto time = parse_time_of_day(text.substr(space + 1));
    if (!date || !time) return {};
    return instant_in_japan(*date, *time);
}

std::string moment_text(Instant moment) {
    return to_text(date_in_japan(moment)) + " " + to_text(time_in_japan(moment));
}

// What the person who calls must put right comes as a sentence.
Result<Town, std::string> changed(Town town, const TownOptions& options) {
    if (options.telephone) {
        if (!options.telephone->empty() && !is_telephone(*options.telephone)) {
            return fail(
                std::string("--telephone is no telephone number: digits, + - ( ) and "
                            "spaces, and the words 内線 and 代表"));
        }
        town.telephone = *options.telephone;
    }
    if (options.next_opening == "none") {
        town.next_opening.reset();
    } else if (options.next_opening) {
        town.next_opening = parse_moment(*options.next_opening);
        if (!town.next_opening) {
            return fail(
                std::string("--next-opening is a day and a time, \"2021-07-12 09:00\", or "
                            "the word none"));
        }
    }
    return town;
}

void tell(const Town& town, Output output) {
    const std::string opening = town.next_opening ? moment_text(*town.next_opening) : "";
    if (output == Output::Json) {
        return say(boost::json::serialize(boost::json::object{
            {"municipality", town.municipality.digits()},
            {"name", town.name},
            {"name_en", town.name_en},
            {"telephone", town.telephone},
            {"next_opening", town.next_opening ? boost::json::value(opening) : nullptr},
            {"change_days_before", town.change_days_before}}));
    }
    say(fmt::format("{} ({}), {}", town.name, town.municipality.digits(),
                    town.name_en.empty() ? "without an English name" : town.name_en));
    say("telephone: " + (town.telephone.empty() ? "none" : town.telephone));
    say("next opening: " + (opening.empty() ? "none" : opening));
    say(fmt::format("bookings can be changed until {} days before", town.change_days_before));
}

}  // namespace

int town(const TownOptions& options, Output output) {
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());
    const auto known = (*reads)->town();
    if (!known.ok()) return complain(known.error());
    if (!*known) return complain("the town has no name yet; madoguchi-server init gives it one");
    const auto wanted = changed(**known, options);
    if (!wanted.ok()) return complain(wanted.error(), kMisused);
    if (*wanted != **known) {
        const Outcome outcome = execute(**store, SetTown{*wanted}, SystemClock().now());
        if (std::get_if<Imported>(&outcome) == nullptr) return complain(outcome);
    }
    tell(*wanted, output);
    return kDone;
}

}  // namespace mado::server
