#include "sync/protocol/roster.h"

#include "shared/base/check.h"
#include "shared/base/text.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <openssl/evp.h>
#include <sodium/crypto_generichash.h>

namespace mado::sync {

namespace {

constexpr std::string_view kMagic = "MADOROS1";
constexpr std::size_t kRowBytes = kLocatorBytes + kSealedBytes;
constexpr std::size_t kContentBytes = 11;
constexpr std::size_t kTagBytes = kSealedBytes - kContentBytes;
constexpr std::size_t kOpenerBytes = 64;
// magic, epoch, number, rows, vaccines
constexpr std::size_t kHeadBytes = 8 + 8 + 8 + 8 + 1;
constexpr std::size_t kVaccinesMax = 255;
constexpr std::uint8_t kVaccineUnknown = 255;
constexpr Date kDayZero = Date(std::chrono::local_days(std::chrono::year(2000) / 1 / 1));

using Opener = std::array<std::uint8_t, kOpenerBytes>;
using Content = std::array<std::uint8_t, kContentBytes>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void hash_for(std::span<std::uint8_t> out, const RosterKey& key, std::string_view purpose,
              const Ticket& ticket) {
    crypto_generichash_state state;
    const auto add = [&](std::string_view part) {
        crypto_generichash_update(&state, bytes_of(part).data(), part.size());
    };
    crypto_generichash_init(&state, key.data(), key.size(), out.size());
    add(purpose);
    add(ticket.municipality.digits());
    add(ticket.number.digits());
    crypto_generichash_final(&state, out.data(), out.size());
}

Opener opener_of(const RosterKey& key, const Ticket& ticket) {
    Opener opener{};
    hash_for(opener, key, "opener", ticket);
    return opener;
}

// Fetched once: looking a cipher up by name costs more than using it.
const EVP_CIPHER* siv() {
    static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-SIV", nullptr);
    MADO_CHECK(cipher != nullptr);
    return cipher;
}

CipherContext new_context() {
    CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    MADO_CHECK(context != nullptr);
    return context;
}

SealedRow encrypt(const Opener& opener, const Content& content) {
    const auto context = new_context();
    SealedRow sealed{};
    int written = 0;
    MADO_CHECK(EVP_EncryptInit_ex2(context.get(), siv(), opener.data(), nullptr, nullptr) == 1);
    MADO_CHECK(EVP_EncryptUpdate(context.get(), sealed.data() + kTagBytes, &written, content.data(),
                                 static_cast<int>(content.size())) == 1);
    MADO_CHECK(EVP_EncryptFinal_ex(context.get(), sealed.data() + kTagBytes, &written) == 1);
    MADO_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG,
                                   static_cast<int>(kTagBytes), sealed.data()) == 1);
    return sealed;
}

std::optional<Content> decrypt(const Opener& opener, const SealedRow& sealed) {
    const auto context = new_context();
    SealedRow copy = sealed;  // setting a tag takes it from memory that is not const
    Content content{};
    int written = 0;
    MADO_CHECK(EVP_DecryptInit_ex2(context.get(), siv(), opener.data(), nullptr, nullptr) == 1);
    MADO_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG,
                                   static_cast<int>(kTagBytes), copy.data()) == 1);
    if (EVP_DecryptUpdate(context.get(), content.data(), &written, copy.data() + kTagBytes,
                          static_cast<int>(kContentBytes)) != 1) {
        return {};
    }
    return content;
}

void put(std::uint8_t* out, std::uint64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        out[i] = static_cast<std::uint8_t>(number >> (8 * (bytes - 1 - i)));
    }
}

std::uint64_t take(const std::uint8_t* in, std::size_t bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        number = number << 8 | in[i];
    return number;
}

void append(std::string& out, std::uint64_t number, std::size_t bytes) {
    std::array<std::uint8_t, 8> raw{};
    put(raw.data(), number, bytes);
    out.append(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(bytes));
}

std::uint8_t place_of(const VaccineList& vaccines, const VaccineCode& code) {
    const auto found = std::ranges::find(vaccines, code);
    if (found == vaccines.end() || found - vaccines.begin() >= std::ptrdiff_t{kVaccinesMax}) {
        return kVaccineUnknown;
    }
    return static_cast<std::uint8_t>(found - vaccines.begin());
}

VaccineCode vaccine_at(const VaccineList& vaccines, std::size_t place) {
    if (place < vaccines.size()) return vaccines[place];
    const auto unknown = VaccineCode::parse("unknown");
    MADO_CHECK(unknown.has_value());
    return *unknown;
}

Content pack(const VaccineList& vaccines, const Resident& resident) {
    Content content{};
    put(&content[0], static_cast<std::uint64_t>(resident.id.number()), 4);
    const BirthDate& birth = resident.birth_date.reveal();
    put(&content[4],
        static_cast<std::uint64_t>(birth.year() * 512 + birth.month() * 32 + birth.day()), 3);
    content[7] = resident.valid ? 0x80 : 0;
    if (!resident.last_dose) return content;
    const DoseRecord& dose = *resident.last_dose;
    content[7] |= static_cast<std::uint8_t>(std::clamp(dose.number, 1, 127));
    const auto days = std::clamp<std::int64_t>((dose.date - kDayZero).count(), 0, 0xFFFF);
    put(&content[8], static_cast<std::uint64_t>(days), 2);
    content[10] = place_of(vaccines, dose.vaccine);
    return content;
}

std::optional<Resident> unpack(const VaccineList& vaccines, const Content& content) {
    const PersonId person(static_cast<std::int64_t>(take(&content[0], 4)));
    const auto birth = static_cast<int>(take(&content[4], 3));
    const auto date =
        BirthDate::from_packed(birth / 512 * 10000 + birth % 512 / 32 * 100 + birth % 32);
    if (!date) return {};
    std::optional<DoseRecord> dose;
    if (const int number = content[7] & 0x7F; number > 0) {
        const Date day = kDayZero + std::chrono::days(take(&content[8], 2));
        dose = DoseRecord{number, day, vaccine_at(vaccines, content[10])};
    }
    return Resident{person, Personal<BirthDate>(*date), std::move(dose), (content[7] & 0x80) != 0};
}

IoError corrupt(const char* what) {
    return {IoError::Kind::Corrupt, std::string("roster: ") + what};
}

}  // namespace

Locator locate(const RosterKey& key, const Ticket& ticket) {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    hash_for(hash, key, "locator", ticket);
    Locator locator{};
    std::copy_n(hash.begin(), kLocatorBytes, locator.begin());
    return locator;
}

RosterRow seal(const RosterKey& key, const VaccineList& vaccines, const Ticket& ticket,
               const Resident& resident) {
    return {locate(key, ticket), encrypt(opener_of(key, ticket), pack(vaccines, resident))};
}

std::optional<Resident> open(const RosterKey& key, const VaccineList& vaccines,
                             const Ticket& ticket, const SealedRow& sealed) {
    const auto content = decrypt(opener_of(key, ticket), sealed);
    if (!content) return {};
    return unpack(vaccines, *content);
}

std::string write_roster_file(FeedPosition position, const VaccineList& vaccines,
                              std::vector<RosterRow> rows) {
    std::ranges::sort(rows, {}, &RosterRow::locator);
    const std::size_t listed = std::min(vaccines.size(), kVaccinesMax);
    std::string file;
    file.reserve(kHeadBytes + listed * 21 + rows.size() * kRowBytes);
    file += kMagic;
    append(file, static_cast<std::uint64_t>(position.epoch), 8);
    append(file, static_cast<std::uint64_t>(position.number), 8);
    append(file, rows.size(), 8);
    append(file, listed, 1);
    for (std::size_t i = 0; i < listed; ++i) {
        append(file, vaccines[i].text().size(), 1);
        file += vaccines[i].text();
    }
    for (const auto& row : rows) {
        file.append(row.locator.begin(), row.locator.end());
        file.append(row.sealed.begin(), row.sealed.end());
    }
    return file;
}

Result<RosterFileView, IoError> RosterFileView::of(std::shared_ptr<const std::uint8_t[]> bytes,
                                                   std::size_t count) {
    if (count < kHeadBytes) return fail(corrupt("no whole header"));
    RosterFileView view;
    view.bytes_ = std::move(bytes);
    MADO_TRY(view.read_header(count));
    return view;
}

Result<void, IoError> RosterFileView::read_header(std::size_t bytes) {
    const std::uint8_t* at = bytes_.get();
    const std::uint8_t* const end = at + bytes;
    if (std::memcmp(at, kMagic.data(), kMagic.size()) != 0) return fail(corrupt("no roster"));
    const std::uint64_t epoch = take(at + 8, 8);
    const std::uint64_t number = take(at + 16, 8);
    const std::uint64_t rows = take(at + 24, 8);
    if (epoch > INT64_MAX || number > INT64_MAX) return fail(corrupt("no position"));
    position_ = {static_cast<std::int64_t>(epoch), static_cast<std::int64_t>(number)};
    const std::size_t listed = at[32];
    at += kHeadBytes;
    for (std::size_t i = 0; i < listed; ++i) {
        if (at == end || *at >= end - at) return fail(corrupt("the list of vaccines is cut"));
        const std::string letters(at + 1, at + 1 + *at);
        const auto code = VaccineCode::parse(letters);
        if (!code) return fail(corrupt("no vaccine code"));
        vaccines_.push_back(*code);
        at += 1 + letters.size();
    }
    const auto left = static_cast<std::size_t>(end - at);
    if (left % kRowBytes != 0 || left / kRowBytes != rows) {
        return fail(corrupt("not as long as its header says"));
    }
    rows_ = at;
    count_ = static_cast<std::size_t>(rows);
    return {};
}

std::optional<SealedRow> RosterFileView::find(const Locator& locator) const {
    const std::uint64_t wanted = take(locator.data(), kLocatorBytes);
    const auto locator_at = [this](std::size_t place) {
        return take(rows_ + place * kRowBytes, kLocatorBytes);
    };
    // The row, if it is there, is in [first, last); its locator is in [least, most].
    std::size_t first = 0;
    std::size_t last = count_;
    std::uint64_t least = 0;
    std::uint64_t most = UINT64_MAX;
    // Locators are hashes, so each guess leaves about the root of what was left, and a few are
    // enough. Halving every fourth time keeps a file that is not so from being walked row by row.
    for (int guess = 1; first < last; ++guess) {
        const double share =
            static_cast<double>(wanted - least) / static_cast<double>(most - least);
        const std::size_t span = last - first;
        const std::size_t step =
            guess % 4 == 0
                ? span / 2
                : std::min(static_cast<std::size_t>(share * static_cast<double>(span)), span - 1);
        const std::size_t place = first + step;
        const std::uint64_t found = locator_at(place);
        if (found == wanted) {
            SealedRow sealed{};
            std::memcpy(sealed.data(), rows_ + place * kRowBytes + kLocatorBytes, kSealedBytes);
            return sealed;
        }
        if (found < least || found > most) return {};  // not sorted: not a file of ours
        if (found < wanted) {
            first = place + 1;
            least = found;
        } else {
            last = place;
            most = found;
        }
    }
    return {};
}

}  // namespace mado::sync
