#include "sync/server/records/file_forms.h"

#include "sync/server/records/import.h"
#include "tests/support/data.h"
#include "tests/support/server/server_town.h"
#include "tests/unit/server/wordings.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class FileForms : public testing::Test {
  protected:
    ImportReport import(FileKind kind, const std::string& text) {
        ImportRequest request{kind, text, tests::in_days(7), tests::in_days(13)};
        request.wordings = words::wordings();
        return import_file(town.store(), town.reads(), tests::ticket_rules().municipalities,
                           request, town.now)
            .value();
    }

    tests::ServerTown town;
};

TEST_F(FileForms, ShowAnExampleThatImports) {
    for (const FileKind kind : all_file_kinds()) {
        const FileForm& form = form_of(kind);
        const std::string text = header_of(form) + "\n" + std::string(form.example) + "\n";
        const auto report = import(kind, text);
        EXPECT_THAT(report.faults.named(), IsEmpty()) << form.name;
        EXPECT_EQ(report.rows, kind == FileKind::Schedule ? 12U : 1U) << form.name;
        EXPECT_THAT(describe(form), HasSubstr(text.substr(0, text.find('\n')))) << form.name;
    }
}

TEST_F(FileForms, NameTheOptionalColumnsAsTheReadersDo) {
    const FileForm& residents = form_of(FileKind::Residents);
    const auto head = header_of(residents) + "\n";
    import(FileKind::Residents, head + std::string(residents.example) + "\n");
    const auto results = header_of(form_of(FileKind::Results)) + "\n";
    import(FileKind::Results, results + std::string(form_of(FileKind::Results).example) + "\n");
    const auto person = town.reads().person(tests::a_ticket("0000005001")).value();
    ASSERT_TRUE(person);
    EXPECT_EQ(person->doses.at(1).vaccine, tests::a_vaccine_code("pfizer"));
    EXPECT_EQ(person->doses.at(1).lot, "ET9096");
    // A code that cannot be is read, and so is found wrong.
    for (const FileKind kind : {FileKind::Residents, FileKind::Results}) {
        std::string row(form_of(kind).example);
        row.replace(row.find("272205"), 6, "272206");
        const auto report = import(kind, header_of(form_of(kind)) + "\n" + row + "\n");
        EXPECT_EQ(report.faults.named().at(0).column, "自治体コード");
    }
    const std::string schedule = header_of(form_of(FileKind::Schedule)) + "\n";
    EXPECT_EQ(import(FileKind::Schedule, schedule + "1,月,,14:00,15:00,15,6,sputnik\n")
                  .faults.named()
                  .at(0)
                  .column,
              "vaccine");
}

TEST_F(FileForms, CallRequiredWhatAFileMustHave) {
    for (const FileKind kind : all_file_kinds()) {
        const auto report = import(kind, "x\n1\n");
        std::vector<std::string> missing;
        for (const BadRow& row : report.faults.named())
            missing.push_back(row.column);
        EXPECT_EQ(missing, required_columns(kind)) << form_of(kind).name;
    }
}

TEST_F(FileForms, AreWhatTheReadmeSays) {
    const std::string readme =
        tests::read_file(std::filesystem::path(MADO_SOURCE_DIR) / "sync/server/records/README.md");
    for (const FileKind kind : all_file_kinds()) {
        const FileForm& form = form_of(kind);
        std::string row = "| " + std::string(form.name) + " | ";
        for (const FileColumn& column : form.columns) {
            if (&column != &form.columns.front()) row += ", ";
            const std::string name(column.name);
            row += column.need == Need::Required ? name : "[" + name + "]";
        }
        EXPECT_THAT(readme, HasSubstr(row + " |\n"));
    }
}

}  // namespace
}  // namespace mado::server
