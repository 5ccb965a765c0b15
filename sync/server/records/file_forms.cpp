#include "sync/server/records/file_forms.h"

#include <fmt/format.h>

namespace mado::server {

namespace {

constexpr std::string_view kVaccineWords = "a vaccine by its code, ledger name or Japanese name";
constexpr std::string_view kPastDay =
    "2021-07-05, 2021/7/5 or 20210705; not in the future, nor before the birth";
constexpr std::string_view kTelephone =
    "digits, + - ( ) and spaces, half or full width, and the words 内線 and 代表; up to 20 letters";
constexpr std::string_view kShown =
    "Texts hold what screens and slips can show: no emoji, and no letter of your own making "
    "(外字).";
constexpr std::string_view kOwnCode = "six digits; the town's own if it is empty or not there";

FileForm vaccines_form() {
    return {"vaccines",
            "Vaccines and the days between their doses",
            {{"code", Need::Required, "a short word of a-z, 0-9 and -"},
             {"name_ja", Need::Required, "as screens say it in Japanese, up to 40 letters"},
             {"name_en", Need::Required, "in English, up to 60 half-width Latin letters"},
             {"ledger_name", Need::Required, "as the ledger says it, up to 20 letters"},
             {"interval_usual", Need::Required, "days from one dose to the next, 1 to 1000"},
             {"interval_earliest", Need::Required, "the fewest such days; not above the usual"},
             {"age_min", Need::Required, "years, 0 to 120"},
             {"pass_effective_after", Need::Required, "days from dose 2, 0 to 1000"}},
            kShown,
            "pfizer,ファイザー,Pfizer,ファイザー,21,19,12,7"};
}

FileForm venues_form() {
    return {"venues",
            "Where people are vaccinated; one vaccine each at a time",
            {{"id", Need::Required, "a number of your choice, by which schedules name the venue"},
             {"name", Need::Required, "in Japanese, up to 30 letters"},
             {"name_en", Need::Required, "in English, up to 48 half-width Latin letters"},
             {"address", Need::Required, "up to 45 letters"},
             {"telephone", Need::Required, kTelephone},
             {"vaccine", Need::Required, kVaccineWords},
             {"name_kana", Need::Optional,
              "the name's reading in kana, up to 60; kiosks speak no name without it"}},
            kShown,
            "1,市民センター,Civic Centre,中央1-1,072-000-0001,pfizer,しみんセンター"};
}

FileForm schedule_form() {
    return {
        "schedule",
        "When venues vaccinate, and with how many seats",
        {{"venue", Need::Required, "its id"},
         {"weekday", Need::Required, "月 or mon … 日 or sun; empty where there is a date"},
         {"date", Need::Required,
          "2021-07-05, 2021/7/5 or 20210705, no day that has passed; empty where there is a "
          "weekday"},
         {"from", Need::Required, "the first slot's time: 09:30 or 9:30"},
         {"to", Need::Required, "the last slot's end; a whole number of slots after `from`"},
         {"minutes", Need::Required, "of one slot, 5 to 240"},
         {"seats", Need::Required, "of one slot, 0 to 1000; 0 closes it"},
         {"vaccine", Need::Optional, "another than the venue's: code or name"}},
        "A date's rows replace those of its weekday at that venue. Slots that are not named stay "
        "as they are. A date that has passed is planned where --from says so.",
        "1,月,,09:00,12:00,15,6,"};
}

FileForm residents_form() {
    return {"residents",
            "Who may book, by ticket and date of birth",
            {{"接種券番号", Need::Required, "ten digits, also where the first are zeros"},
             {"生年月日", Need::Required,
              "1937-01-31, 1937/1/31 or 19370131; 00 for a month or day that nobody knows"},
             {"無効フラグ", Need::Required, "TRUE where the ticket is no longer good, else FALSE"},
             {"2回目接種日", Need::Required,
              "2021-07-05, 2021/7/5 or 20210705, or empty; not in the future"},
             {"自治体コード", Need::Optional, kOwnCode},
             {"1回目接種日", Need::Optional, "as for dose 2, and before it"},
             {"ワクチン種", Need::Optional, "code or name; required beside a date of dose 1"}},
            "Columns of names are read past and never stored.",
            "0000005001,1937-01-31,FALSE,,272205,2021-06-01,ファイザー"};
}

FileForm results_form() {
    return {"results",
            "Doses that were given, here or elsewhere, to people on the list",
            {{"接種券ID", Need::Required, "ten digits, on the list of residents"},
             {"接種自治体名", Need::Required, "where it was given, up to 40 letters"},
             {"接種日", Need::Required, kPastDay},
             {"ワクチン種", Need::Required, kVaccineWords},
             {"接種回数", Need::Required, "the dose's number, 1 to 9"},
             {"ロット番号", Need::Optional, "up to 20 letters, or empty"},
             {"自治体コード", Need::Optional, kOwnCode}},
            kShown,
            "0000005001,みどり市,2021-06-01,ファイザー,1,ET9096,272205"};
}

FileForm texts_form() {
    return {
        "texts",
        "Words of the kiosks that the town chooses itself",
        {{"language", Need::Required, "ja, ja_easy, en, zh, ko, vi or pt"},
         {"key", Need::Required,
          "of a text in assets/locale, as welcome.title; or notice, a line on the first screen"},
         {"text", Need::Required,
          "with the same {places} as before, and no wider than it is in any language; empty "
          "takes it back"},
         {"reading", Need::Optional,
          "as a voice reads it: kana for ja and ja_easy, pinyin with tones for zh; required "
          "there where the text has other letters and kiosks speak it"}},
        "Kiosks use them from the next visit on, without a restart.",
        "ja,notice,本日は午後3時までです,ほんじつわ ごご さんじまでです"};
}

}  // namespace

std::vector<FileKind> all_file_kinds() {
    return {FileKind::Vaccines,  FileKind::Venues,  FileKind::Schedule,
            FileKind::Residents, FileKind::Results, FileKind::Texts};
}

const FileForm& form_of(FileKind kind) {
    static const FileForm kVaccines = vaccines_form();
    static const FileForm kVenues = venues_form();
    static const FileForm kSchedule = schedule_form();
    static const FileForm kResidents = residents_form();
    static const FileForm kResults = results_form();
    static const FileForm kTexts = texts_form();
    switch (kind) {
        case FileKind::Vaccines:
            return kVaccines;
        case FileKind::Venues:
            return kVenues;
        case FileKind::Schedule:
            return kSchedule;
        case FileKind::Residents:
            return kResidents;
        case FileKind::Results:
            return kResults;
        case FileKind::Texts:
            return kTexts;
    }
    return kResidents;
}

std::vector<std::string> required_columns(FileKind kind) {
    std::vector<std::string> names;
    for (const FileColumn& column : form_of(kind).columns) {
        if (column.need == Need::Required) names.emplace_back(column.name);
    }
    return names;
}

std::string header_of(const FileForm& form) {
    std::string header;
    for (const FileColumn& column : form.columns) {
        if (!header.empty()) header += ',';
        header += column.name;
    }
    return header;
}

std::string describe(const FileForm& form) {
    std::string text = "Columns, named by the first line, in any order; others are read past:\n";
    for (const FileColumn& column : form.columns) {
        text +=
            fmt::format("  {} ({}): {}\n", column.name,
                        column.need == Need::Required ? "required" : "optional", column.meaning);
    }
    if (!form.note.empty()) text += fmt::format("{}\n", form.note);
    return text + fmt::format("A file of one row:\n  {}\n  {}\n", header_of(form), form.example);
}

}  // namespace mado::server
