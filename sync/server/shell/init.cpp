#include "shared/domain/tables.h"
#include "shared/platform/clock.h"
#include "shared/platform/files.h"
#include "sync/protocol/messages.h"
#include "sync/server/booking/execute.h"
#include "sync/server/records/letters.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/share.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <algorithm>
#include <vector>

#include <boost/json.hpp>
#include <fmt/core.h>

namespace mado::server {

namespace {

constexpr const char* kStaging = ".making";

IoError refusal(std::string what) {
    return IoError{IoError::Kind::Refused, std::move(what)};
}

// A town in the making lies inside its folder, which may be a disk of its own that cannot be
// replaced by another folder. One that stays half made is removed again.
class Staging {
  public:
    explicit Staging(const std::filesystem::path& home) : home_(home), folder_(home / kStaging) {}
    ~Staging() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
        if (made_home_) std::filesystem::remove(home_, ignored);  // where nothing came into it
    }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    Result<void, IoError> make() {
        std::error_code error;
        made_home_ = std::filesystem::create_directories(home_, error);
        if (!error) std::filesystem::remove_all(folder_, error);
        if (!error) std::filesystem::create_directory(folder_, error);
        for (const auto& folder : {home_, folder_}) {
            if (error) break;
            std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
        }
        if (error) return fail(refusal(home_.string() + ": " + error.message()));
        return {};
    }
    // The database comes last: where it is, the town is whole.
    Result<void, IoError> move_in() {
        const auto database = TownFolder{folder_}.database().filename();
        std::vector<std::filesystem::path> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            if (entry.path().filename() != database) names.push_back(entry.path().filename());
        }
        names.push_back(database);
        for (const auto& name : names) {
            std::error_code error;
            std::filesystem::rename(folder_ / name, home_ / name, error);
            if (error) return fail(refusal((home_ / name).string() + ": " + error.message()));
        }
        return {};
    }

    const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path home_;
    std::filesystem::path folder_;
    bool made_home_ = false;
};

// A disk's own folder, and what an init that was killed left behind, are no one's files.
bool is_free(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) return true;
    const std::filesystem::directory_iterator entries(folder, error);
    if (error) return false;
    return std::all_of(begin(entries), end(entries), [](const auto& entry) {
        const auto name = entry.path().filename();
        return name == kStaging || name == "lost+found";
    });
}

// "272206" is told apart from a code that nobody has: "the last digit should be 5".
std::string wrong_check_digit(std::string digits) {
    const std::string written = digits;
    for (digits.back() = '0'; digits.back() <= '9'; ++digits.back()) {
        if (MunicipalityCode::parse(digits)) break;
    }
    return written + ": the last digit checks the others and is wrong; after " +
           digits.substr(0, digits.size() - 1) + " it should be " + digits.back() + " (" + digits +
           ")";
}

// What the person who calls must put right comes as a sentence.
Result<MunicipalityCode, std::string> known_code(const std::string& digits,
                                                 const MunicipalityTable& table) {
    const auto code = MunicipalityCode::parse(digits);
    if (!code.ok()) {
        if (code.error() == MunicipalityError::WrongCheckDigit) {
            return fail(wrong_check_digit(digits));
        }
        return fail(digits + " is no municipality code: it has six digits");
    }
    if (!table.contains(*code)) {
        return fail("no municipality has the code " + digits + " (see tables/municipalities.tsv)");
    }
    return *code;
}

Result<Town, std::string> town_of(const InitOptions& options, const MunicipalityTable& table) {
    if (options.name.find_first_not_of(' ') == std::string::npos) {
        return fail(std::string("--name is empty: it is what the screens call the town"));
    }
    if (wrong_letter(options.name)) {
        return fail(std::string("--name holds a letter that no screen can show"));
    }
    if (!options.name_en.empty() && !is_latin(options.name_en)) {
        return fail(std::string("--name-en is no English name: half-width Latin letters"));
    }
    if (!options.telephone.empty() && !is_telephone(options.telephone)) {
        return fail(
            std::string("--telephone is no telephone number: digits, + - ( ) and spaces, "
                        "and the words 内線 and 代表"));
    }
    const MunicipalityCode own = MADO_TRY(known_code(options.municipality, table));
    Town town{own,
              options.name,
              options.telephone,
              {own},
              options.address_prefix,
              options.change_days_before,
              std::chrono::minutes(options.booking_closes_minutes),
              options.name_en,
              options.misses_an_hour};
    for (const std::string& digits : options.service_area) {
        town.service_area.insert(MADO_TRY(known_code(digits, table)));
    }
    // The store and every device read the town by the rules of the wire.
    const auto readable = sync::parse_change(sync::to_json(TownChanged{town}));
    if (!readable.ok()) {
        return fail("no device could be told of such a town: " + readable.error().what);
    }
    return town;
}

Result<void, IoError> carry_out(Store& store, const Command& command, Instant now) {
    const Outcome outcome = execute(store, command, now);
    if (const auto* error = std::get_if<IoError>(&outcome)) return fail(*error);
    if (const auto* refused = std::get_if<Refused>(&outcome)) {
        return fail(refusal("refused: " + std::string(name_of(refused->reason))));
    }
    return {};
}

Result<void, IoError> fill(const TownFolder& folder, const Town& town, const VaccineTable& vaccines,
                           Instant now) {
    MADO_TRY(make_keys(folder, town.name, now));
    MADO_TRY(create_sqlite_store(folder.database(), 1));
    const auto store = MADO_TRY(open_sqlite_store(folder.database()));
    MADO_TRY(carry_out(*store, SetTown{town}, now));
    PutVaccines put;
    for (const auto& [code, vaccine] : vaccines)
        put.vaccines.push_back(vaccine);
    return carry_out(*store, put, now);
}

Result<void, IoError> make_town(const InitOptions& options, const Town& town) {
    const std::filesystem::path& folder = options.folder;
    if (!is_free(folder)) {
        std::error_code error;
        const bool taken = std::filesystem::exists(TownFolder{folder}.database(), error);
        return fail(refusal(folder.string() +
                            (taken ? " already holds a town" : " is not an empty folder")));
    }
    const VaccineTable vaccines = MADO_TRY(read_vaccine_table(options.share));

    Staging staging(folder);
    MADO_TRY(staging.make());
    MADO_TRY(fill(TownFolder{staging.folder()}, town, vaccines, SystemClock().now()));
    return staging.move_in();
}

}  // namespace

int init(const InitOptions& options, Output output) {
    const auto municipalities = read_municipalities(options.share);
    if (!municipalities.ok()) return complain(municipalities.error());
    const auto town = town_of(options, *municipalities);
    if (!town.ok()) return complain(town.error(), kMisused);
    const auto made = make_town(options, *town);
    if (!made.ok()) return complain(made.error());
    if (output == Output::Json) {
        say(boost::json::serialize(boost::json::object{{"folder", options.folder.string()},
                                                       {"municipality", options.municipality}}));
    } else {
        say(fmt::format("{} ({}) stands in {}", options.name, options.municipality,
                        options.folder.string()));
    }
    fmt::print(stderr,
               "madoguchi-server: the keys lie as files in {}/credentials, which is for a demo. In "
               "earnest give them to systemd (systemd-creds encrypt) and remove the files.\n",
               options.folder.string());
    return kDone;
}

}  // namespace mado::server
