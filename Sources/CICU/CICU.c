#include "CICU.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uvernum.h>

bool cicu_is_id_start(uint32_t code_point) {
  return u_hasBinaryProperty((UChar32)code_point, UCHAR_ID_START);
}

bool cicu_is_id_continue(uint32_t code_point) {
  return u_hasBinaryProperty((UChar32)code_point, UCHAR_ID_CONTINUE);
}

// ICU looks names up loosely, without case, spaces and underscores. ECMAScript wants one of the names as it is.
// The short one may be missing, where there is only a long one; the list ends behind the long one.

static bool is_property_name(const char *name, UProperty property) {
  for (int choice = U_SHORT_PROPERTY_NAME;; choice++) {
    const char *known = u_getPropertyName(property, (UPropertyNameChoice)choice);
    if (known && strcmp(known, name) == 0) return true;
    if (!known && choice > U_LONG_PROPERTY_NAME) return false;
  }
}

static bool is_value_name(const char *name, UProperty property, int32_t value) {
  for (int choice = U_SHORT_PROPERTY_NAME;; choice++) {
    const char *known = u_getPropertyValueName(property, value, (UPropertyNameChoice)choice);
    if (known && strcmp(known, name) == 0) return true;
    if (!known && choice > U_LONG_PROPERTY_NAME) return false;
  }
}

static int32_t kind(UProperty property) {
  switch (property) {
    case UCHAR_GENERAL_CATEGORY:
      return cicu_property_category;
    case UCHAR_SCRIPT:
    case UCHAR_SCRIPT_EXTENSIONS:
      return cicu_property_script;
    // ECMAScript, table "Binary Unicode property aliases and their canonical property names".
    case UCHAR_ALPHABETIC:
    case UCHAR_ASCII_HEX_DIGIT:
    case UCHAR_BIDI_CONTROL:
    case UCHAR_BIDI_MIRRORED:
    case UCHAR_CASED:
    case UCHAR_CASE_IGNORABLE:
    case UCHAR_CHANGES_WHEN_CASEFOLDED:
    case UCHAR_CHANGES_WHEN_CASEMAPPED:
    case UCHAR_CHANGES_WHEN_LOWERCASED:
    case UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED:
    case UCHAR_CHANGES_WHEN_TITLECASED:
    case UCHAR_CHANGES_WHEN_UPPERCASED:
    case UCHAR_DASH:
    case UCHAR_DEFAULT_IGNORABLE_CODE_POINT:
    case UCHAR_DEPRECATED:
    case UCHAR_DIACRITIC:
    case UCHAR_EMOJI:
    case UCHAR_EMOJI_COMPONENT:
    case UCHAR_EMOJI_MODIFIER:
    case UCHAR_EMOJI_MODIFIER_BASE:
    case UCHAR_EMOJI_PRESENTATION:
    case UCHAR_EXTENDED_PICTOGRAPHIC:
    case UCHAR_EXTENDER:
    case UCHAR_GRAPHEME_BASE:
    case UCHAR_GRAPHEME_EXTEND:
    case UCHAR_HEX_DIGIT:
    case UCHAR_IDEOGRAPHIC:
    case UCHAR_IDS_BINARY_OPERATOR:
    case UCHAR_IDS_TRINARY_OPERATOR:
    case UCHAR_ID_CONTINUE:
    case UCHAR_ID_START:
    case UCHAR_JOIN_CONTROL:
    case UCHAR_LOGICAL_ORDER_EXCEPTION:
    case UCHAR_LOWERCASE:
    case UCHAR_MATH:
    case UCHAR_NONCHARACTER_CODE_POINT:
    case UCHAR_PATTERN_SYNTAX:
    case UCHAR_PATTERN_WHITE_SPACE:
    case UCHAR_QUOTATION_MARK:
    case UCHAR_RADICAL:
    case UCHAR_REGIONAL_INDICATOR:
    case UCHAR_SOFT_DOTTED:
    case UCHAR_S_TERM:
    case UCHAR_TERMINAL_PUNCTUATION:
    case UCHAR_UNIFIED_IDEOGRAPH:
    case UCHAR_UPPERCASE:
    case UCHAR_VARIATION_SELECTOR:
    case UCHAR_WHITE_SPACE:
    case UCHAR_XID_CONTINUE:
    case UCHAR_XID_START:
      return cicu_property_binary;
#if U_ICU_VERSION_MAJOR_NUM >= 70
    // ECMAScript, table "Binary Unicode properties of strings".
    case UCHAR_BASIC_EMOJI:
    case UCHAR_EMOJI_KEYCAP_SEQUENCE:
    case UCHAR_RGI_EMOJI:
    case UCHAR_RGI_EMOJI_FLAG_SEQUENCE:
    case UCHAR_RGI_EMOJI_MODIFIER_SEQUENCE:
    case UCHAR_RGI_EMOJI_TAG_SEQUENCE:
    case UCHAR_RGI_EMOJI_ZWJ_SEQUENCE:
      return cicu_property_of_strings;
#endif
    default:
      return cicu_property_none;
  }
}

int32_t cicu_property(const char *name) {
  UProperty property = u_getPropertyEnum(name);
  return property != UCHAR_INVALID_CODE && is_property_name(name, property)
             ? kind(property)
             : cicu_property_none;
}

bool cicu_is_category(const char *name) {
  // As a mask, so that groups such as "Letter" have names, too.
  int32_t mask = u_getPropertyValueEnum(UCHAR_GENERAL_CATEGORY_MASK, name);
  return mask != UCHAR_INVALID_CODE && is_value_name(name, UCHAR_GENERAL_CATEGORY_MASK, mask);
}

int32_t cicu_script(const char *name) {
  int32_t script = u_getPropertyValueEnum(UCHAR_SCRIPT, name);
  return script != UCHAR_INVALID_CODE && is_value_name(name, UCHAR_SCRIPT, script) ? script : -1;
}

int32_t cicu_script_of(uint32_t code_point) {
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript((UChar32)code_point, &status);
  return U_SUCCESS(status) ? script : -1;
}
