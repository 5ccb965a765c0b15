#include "sync/server/records/export.h"

#include "sync/server/records/import.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::ServerTown;

class Export : public testing::Test {
  protected:
    std::string text(ExportKind kind) {
        return export_file(town.reads(), kind, Encoding::Utf8).value();
    }
    ImportReport import(FileKind kind, std::string_view bytes) {
        ImportRequest request{kind, bytes, tests::in_days(0), tests::in_days(27), DryRun::No};
        return import_file(town.store(), town.reads(), {}, request, town.now).value();
    }

    ServerTown town;
};

TEST_F(Export, OfResidentsAndResultsIsWhatAnImportTakesBack) {
    town.must<Imported>(
        PutResults{{{Personal<Ticket>(tests::a_ticket("0000000001")),
                     Dose{1, tests::in_days(-30), tests::a_vaccine_code(), "L1", "みどり市"}}}});
    const auto residents = import(FileKind::Residents, text(ExportKind::Residents));
    EXPECT_TRUE(residents.faults.none());
    EXPECT_EQ(residents.unchanged, 20);
    const auto results = import(FileKind::Results, text(ExportKind::Results));
    EXPECT_TRUE(results.faults.none());
    EXPECT_EQ(results.unchanged, 1);
    EXPECT_EQ(import(FileKind::Venues, text(ExportKind::Venues)).unchanged, 3);
}

TEST_F(Export, OfBookingsNamesThemAsPeopleCopyThem) {
    const Declaration declared{Declared::Condition, Declared::Wheelchair, Declared::Companion};
    const Booking booking =
        town.must<BookingMade>(BookFree{PersonId(3), 1, SlotId(1), declared}).booking;
    const std::string found = text(ExportKind::Bookings);
    EXPECT_THAT(found, StartsWith("number,venue,date,from,"));
    EXPECT_THAT(
        found,
        HasSubstr(
            booking.id.short_number() +
            ",1,2021-07-12,09:00,1,pfizer,0000000003,272205,live,,wheelchair companion,web\r\n"));
    EXPECT_THAT(text(ExportKind::Slots), HasSubstr("1,2021-07-12,09:00,30,pfizer,10,1,0,9\r\n"));
}

TEST_F(Export, OfTheWorklistSaysWhatIsOpen) {
    const auto kiosk = town.a_device();
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    EXPECT_THAT(text(ExportKind::Worklist), HasSubstr(",lost,,1,,yes\r\n"));
}

TEST_F(Export, GuardsSpreadsheetsAndWritesCp932) {
    town.must<Imported>(PutVenues{
        {{{VenueId(1), "=HYPERLINK(1)", "x", "みどり市", "1"}, tests::a_vaccine_code()}}});
    EXPECT_THAT(text(ExportKind::Venues), HasSubstr("1,'=HYPERLINK(1),x,"));
    const auto bytes = export_file(town.reads(), ExportKind::Venues, Encoding::Cp932).value();
    EXPECT_EQ(decode_text(bytes).encoding, Encoding::Cp932);
}

TEST_F(Export, SaysWhenALetterHasNoPlace) {
    town.must<Imported>(
        PutVenues{{{{VenueId(1), "😀", "x", "みどり市", "1"}, tests::a_vaccine_code()}}});
    const auto refused = export_file(town.reads(), ExportKind::Venues, Encoding::Cp932);
    EXPECT_EQ(refused.error().kind, IoError::Kind::Refused);
}

}  // namespace
}  // namespace mado::server
