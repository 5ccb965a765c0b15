#include "shared/domain/eligibility.h"
