#include "shared/platform/clock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/records/letters.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <array>

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

// All channels anew, from "kiosk=60" and so on.
Result<Shares, std::string> with_channels(Shares shares, const std::vector<std::string>& written) {
    constexpr int kPercentMax = 100;
    shares.kiosk = shares.web = shares.call_centre = std::nullopt;
    if (written == std::vector<std::string>{"none"}) return shares;
    for (const std::string& share : written) {
        const auto equals = share.find('=');
        const auto channel = parse_channel(std::string_view(share).substr(0, equals));
        const auto percent = equals == std::string::npos
                                 ? std::nullopt
                                 : parse_digits(std::string_view(share).substr(equals + 1));
        if (!channel || !percent || *percent > kPercentMax) {
            return fail("--share " + share +
                        " is not kiosk, web or call-centre, then = and a percentage");
        }
        if (shares.of(*channel)) return fail("--share names " + share + " a second time");
        shares.of(*channel) = static_cast<int>(*percent);
    }
    return shares;
}

Result<Shares, std::string> changed(Shares shares, const TownOptions& options) {
    if (!options.shares.empty()) shares = MADO_TRY(with_channels(shares, options.shares));
    if (options.second_doses) shares.second_doses = *options.second_doses;
    if (options.second_doses_open_days) {
        shares.second_doses_open_days = *options.second_doses_open_days;
    }
    if (shares.holds()) return shares;
    return fail(
        std::string("the shares come to more than 100, or name all channels and come to less"));
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
    town.shares = MADO_TRY(changed(town.shares, options));
    return town;
}

constexpr std::array kChannels = {Channel::Kiosk, Channel::Web, Channel::CallCentre};

boost::json::object as_json(const Shares& shares) {
    boost::json::object told;
    for (const Channel channel : kChannels) {
        if (const auto share = shares.of(channel)) told[name_of(channel)] = *share;
    }
    told["second_doses"] = shares.second_doses;
    told["second_doses_open_days"] = shares.second_doses_open_days;
    return told;
}

void tell(const Shares& shares) {
    std::string channels;
    for (const Channel channel : kChannels) {
        const auto share = shares.of(channel);
        if (share) channels += fmt::format("{} {} %, ", name_of(channel), *share);
    }
    say("seats: " + channels + (channels.empty() ? "any channel's" : "the rest is the others'"));
    if (shares.second_doses == 0) return say("second doses: no seats are kept");
    say(fmt::format("second doses: {} % of each channel's seats are kept until {} days before",
                    shares.second_doses, shares.second_doses_open_days));
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
            {"change_days_before", town.change_days_before},
            {"shares", as_json(town.shares)}}));
    }
    say(fmt::format("{} ({}), {}", town.name, town.municipality.digits(),
                    town.name_en.empty() ? "without an English name" : town.name_en));
    say("telephone: " + (town.telephone.empty() ? "none" : town.telephone));
    say("next opening: " + (opening.empty() ? "none" : opening));
    say(fmt::format("bookings can be changed until {} days before", town.change_days_before));
    tell(town.shares);
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
