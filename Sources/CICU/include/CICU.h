// What this package asks of ICU. No type of ICU appears here: Foundation brings an ICU of its own, and Swift
// cannot see the headers of both.
#ifndef CICU_H
#define CICU_H

#include <stdbool.h>
#include <stdint.h>

/// The kinds of names that can stand in `\p{…}`.
enum {
  /// The name of no property that ECMAScript allows.
  cicu_property_none = 0,
  /// `General_Category`
  cicu_property_category,
  /// `Script`, or `Script_Extensions`
  cicu_property_script,
  /// A property that a character has or has not.
  cicu_property_binary,
  /// A property that sequences of characters have.
  cicu_property_of_strings,
};

/// Whether an identifier can start with a code point: ID_Start.
bool cicu_is_id_start(uint32_t code_point);

/// Whether an identifier can go on with a code point: ID_Continue.
bool cicu_is_id_continue(uint32_t code_point);

/// The kind of the property with exactly this name or alias.
int32_t cicu_property(const char *name);

/// Whether a general category, or a group of them, has exactly this name or alias.
bool cicu_is_category(const char *name);

/// The number of the script with exactly this name or alias, or -1.
int32_t cicu_script(const char *name);

/// The number of the script that a code point belongs to, or -1.
int32_t cicu_script_of(uint32_t code_point);

#endif
