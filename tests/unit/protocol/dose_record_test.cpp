#include "sync/protocol/dose_record.h"

#include "shared/domain/dose_paper.h"
#include "shared/platform/keys.h"
#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using namespace mado::sync;

// A town, a device that it has enrolled, and a dose that one of them signs.
struct Signing {
    PrivateKey town = PrivateKey::generate();
    PrivateKey device = PrivateKey::generate();
    SignedDose dose{a_municipality(),
                    PersonId(4294967295),
                    DoseRecord{1, in_days(0), a_vaccine_code("astrazeneca")},
                    a_time("23:59"),
                    VenueId(2147483647),
                    DeviceId(4)};

    SlipSigner by_device() const {
        const auto endorsed = endorsed_bytes(dose.municipality, dose.signer, device.public_key());
        return {device.public_key(), town.sign(endorsed),
                [this](std::span<const std::uint8_t> bytes) { return device.sign(bytes); }};
    }
    SlipSigner by_town() const {
        return signer_of_town(
            dose.municipality, town.public_key(),
            [this](std::span<const std::uint8_t> bytes) { return town.sign(bytes); });
    }
    std::string statement() const { return write_statement(dose, by_device()); }
    StatementError error_of(const std::string& text) const {
        return read_statement(text, town.public_key()).error();
    }
};

TEST(Statement, ComesBackAsItWasSigned) {
    Signing signing;
    const auto town = signing.town.public_key();
    EXPECT_EQ(read_statement(signing.statement(), town).value(), signing.dose);
    signing.dose.time.reset();
    signing.dose.venue.reset();
    EXPECT_EQ(read_statement(signing.statement(), town).value(), signing.dose);
}

TEST(Statement, IsSignedByTheTownItselfToo) {
    Signing signing;
    signing.dose.signer = DeviceId(0);
    const auto text = write_statement(signing.dose, signing.by_town());
    EXPECT_EQ(read_statement(text, signing.town.public_key()).value(), signing.dose);
}

TEST(Statement, FitsACodeThatACameraReads) {
    const std::string statement = Signing().statement();
    EXPECT_LE(statement.size(), kStatementTextMax);
    const auto paper = write_dose_paper({a_ticket(), statement});
    // Version 14 of 73 modules, at level M.
    EXPECT_LE(paper.size(), 528U);
    EXPECT_EQ(paper.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"),
              std::string::npos);
}

TEST(Statement, HoldsNoTicket) {
    const auto bytes = from_base45(Signing().statement()).value();
    EXPECT_EQ(bytes.size(), 3U + 4 + 1 + 2 + 2 + 4 + 1 + 11 + 4 + 33 + 64 + 64);
}

TEST(Statement, IsRefusedWhenAnyByteIsAltered) {
    const Signing signing;
    const auto bytes = from_base45(signing.statement()).value();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int flip : {1, 0x80}) {
            Bytes altered = bytes;
            altered[i] ^= static_cast<std::uint8_t>(flip);
            ASSERT_FALSE(read_statement(to_base45(altered), signing.town.public_key()).ok()) << i;
        }
    }
}

TEST(Statement, IsRefusedWhenItIsCutOrLonger) {
    const Signing signing;
    const auto bytes = from_base45(signing.statement()).value();
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        ASSERT_EQ(signing.error_of(to_base45(cut)), StatementError::NotAStatement) << length;
    }
    Bytes longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(signing.error_of(to_base45(longer)), StatementError::NotAStatement);
    EXPECT_EQ(signing.error_of(std::string(10'000, 'A')), StatementError::NotAStatement);
    EXPECT_EQ(signing.error_of("not base45 at all"), StatementError::NotAStatement);
}

TEST(Statement, OfAnotherTownsDeviceIsRefused) {
    const Signing ours;
    const Signing theirs;
    EXPECT_EQ(ours.error_of(theirs.statement()), StatementError::WrongEndorsement);
}

TEST(Statement, OfAKeyThatNobodyEndorsedIsRefused) {
    const Signing signing;
    SlipSigner forger = signing.by_device();
    const auto own = PrivateKey::generate();
    forger.key = own.public_key();
    forger.sign = [&own](std::span<const std::uint8_t> bytes) { return own.sign(bytes); };
    EXPECT_EQ(signing.error_of(write_statement(signing.dose, forger)),
              StatementError::WrongEndorsement);
}

// A slip's signature is no dose record's, whatever bytes it is over.
TEST(Statement, IsNotWhatADeviceSignsElsewhere) {
    const Signing signing;
    SlipSigner signer = signing.by_device();
    signer.sign = [&signing](std::span<const std::uint8_t> bytes) {
        return signing.device.sign(bytes.subspan(std::string_view("madoguchi dose").size()));
    };
    EXPECT_EQ(signing.error_of(write_statement(signing.dose, signer)),
              StatementError::WrongSignature);
}

}  // namespace
}  // namespace mado::tests
