#pragma once

// The tables beside the programs: municipalities and vaccines.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/domain/municipality.h"
#include "shared/domain/vaccine.h"

#include <filesystem>

namespace mado::server {

// "../share/madoguchi" as seen from this program's own file.
std::filesystem::path share_beside_the_program();

Result<MunicipalityTable, IoError> read_municipalities(const std::filesystem::path& share);
Result<VaccineTable, IoError> read_vaccine_table(const std::filesystem::path& share);

}  // namespace mado::server
