#pragma once

// The commit that a simulator was built from, so that a seed can be played again where it failed.
// Made anew at each build by commit.cmake.

namespace mado::simulation {

// Twelve hex digits, with "+changes" behind them where files were changed and not committed;
// "unknown" where git does not know the sources.
const char* commit();

}  // namespace mado::simulation
