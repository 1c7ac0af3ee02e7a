// Names that might stand in `\p{…}`, to be put to the engines: everything in Unicode's tables of property aliases and values,
// whether ECMAScript has it or not.

const words = text => text.split(/\s+/).filter(Boolean);

/** Scripts, also those that have a code and no characters. */
export const scripts = words(`
  Adlam Adlm Afak Aghb Ahom Anatolian_Hieroglyphs Arab Arabic Armenian Armi Armn Avestan Avst Bali Balinese Bamu Bamum Bass Bassa_Vah Batak
  Batk Beng Bengali Berf Beria_Erfe Bhaiksuki Bhks Blis Bopo Bopomofo Brah Brahmi Brai Braille Bugi Buginese Buhd Buhid Cakm
  Canadian_Aboriginal Cans Cari Carian Caucasian_Albanian Chakma Cham Cher Cherokee Chorasmian Chrs Cirt Common Copt Coptic Cpmn Cprt
  Cuneiform Cypriot Cypro_Minoan Cyrillic Cyrl Cyrs Deseret Deva Devanagari Diak Dives_Akuru Dogr Dogra Dsrt Dupl Duployan Egyd Egyh Egyp
  Egyptian_Hieroglyphs Elba Elbasan Elym Elymaic Ethi Ethiopic Gara Garay Geok Geor Georgian Glag Glagolitic Gong Gonm Goth Gothic Gran
  Grantha Greek Grek Gujarati Gujr Gukh Gunjala_Gondi Gurmukhi Guru Gurung_Khema Han Hanb Hang Hangul Hani Hanifi_Rohingya Hano Hans Hant
  Hanunoo Hatr Hatran Hebr Hebrew Hira Hiragana Hluw Hmng Hmnp Hrkt Hung Imperial_Aramaic Inds Inherited Inscriptional_Pahlavi
  Inscriptional_Parthian Ital Jamo Java Javanese Jpan Jurc Kaithi Kali Kana Kannada Katakana Katakana_Or_Hiragana Kawi Kayah_Li Khar
  Kharoshthi Khitan_Small_Script Khmer Khmr Khoj Khojki Khudawadi Kirat_Rai Kits Knda Kore Kpel Krai Kthi Lana Lao Laoo Latf Latg Latin Latn
  Lepc Lepcha Limb Limbu Lina Linb Linear_A Linear_B Lisu Loma Lyci Lycian Lydi Lydian Mahajani Mahj Maka Makasar Malayalam Mand Mandaic Mani
  Manichaean Marc Marchen Masaram_Gondi Maya Medefaidrin Medf Meetei_Mayek Mend Mende_Kikakui Merc Mero Meroitic_Cursive Meroitic_Hieroglyphs
  Miao Mlym Modi Mong Mongolian Moon Mro Mroo Mtei Mult Multani Myanmar Mymr Nabataean Nag_Mundari Nagm Nand Nandinagari Narb Nbat
  New_Tai_Lue Newa Nkgb Nko Nkoo Nshu Nushu Nyiakeng_Puachue_Hmong Ogam Ogham Ol_Chiki Ol_Onal Olck Old_Hungarian Old_Italic
  Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Onao Oriya Orkh Orya Osage Osge Osma Osmanya
  Ougr Pahawh_Hmong Palm Palmyrene Pau_Cin_Hau Pauc Perm Phag Phags_Pa Phli Phlp Phlv Phnx Phoenician Plrd Prti Psalter_Pahlavi Qaac Qaai
  Rejang Rjng Rohg Roro Runic Runr Samaritan Samr Sara Sarb Saur Saurashtra Sgnw Sharada Shavian Shaw Shrd Sidd Siddham Sidetic Sidt
  SignWriting Sind Sinh Sinhala Sogd Sogdian Sogo Sora Sora_Sompeng Soyo Soyombo Sund Sundanese Sunu Sunuwar Sylo Syloti_Nagri Syrc Syre
  Syriac Syrj Syrn Tagalog Tagb Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takr Takri Tale Talu Tamil Taml Tang Tangsa Tangut Tavt Tayo Telu
  Telugu Teng Tfng Tglg Thaa Thaana Thai Tibetan Tibt Tifinagh Tirh Tirhuta Tnsa Todhri Todr Tolong_Siki Tols Toto Tulu_Tigalari Tutg Ugar
  Ugaritic Unknown Vai Vaii Visp Vith Vithkuqi Wancho Wara Warang_Citi Wcho Wole Xpeo Xsux Yezi Yezidi Yi Yiii Zanabazar_Square Zanb Zinh
  Zmth Zsye Zsym Zxxx Zyyy Zzzz
`);

/** General categories and groups of them. */
export const categories = words(`
  C Cased_Letter Cc Cf Close_Punctuation Cn Co Combining_Mark Connector_Punctuation Control Cs Currency_Symbol Dash_Punctuation
  Decimal_Number Enclosing_Mark Final_Punctuation Format Initial_Punctuation L LC Letter Letter_Number Line_Separator Ll Lm Lo
  Lowercase_Letter Lt Lu M Mark Math_Symbol Mc Me Mn Modifier_Letter Modifier_Symbol N Nd Nl No Nonspacing_Mark Number Open_Punctuation Other
  Other_Letter Other_Number Other_Punctuation Other_Symbol P Paragraph_Separator Pc Pd Pe Pf Pi Po Private_Use Ps Punctuation S Sc Separator
  Sk Sm So Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned Uppercase_Letter Z Zl Zp Zs cntrl digit punct
`);

/** All other properties, and names that ECMAScript adds. */
export const properties = words(`
  AHex ASCII ASCII_Hex_Digit Age Alpha Alphabetic Any Assigned Basic_Emoji Bidi_C Bidi_Class Bidi_Control Bidi_M Bidi_Mirrored
  Bidi_Mirroring_Glyph Bidi_Paired_Bracket Bidi_Paired_Bracket_Type Block CI CWCF CWCM CWKCF CWL CWT CWU Canonical_Combining_Class
  Case_Folding Case_Ignorable Case_Sensitive Cased Changes_When_Casefolded Changes_When_Casemapped Changes_When_Lowercased
  Changes_When_NFKC_Casefolded Changes_When_Titlecased Changes_When_Uppercased Comp_Ex DI Dash Decomposition_Type
  Default_Ignorable_Code_Point Dep Deprecated Dia Diacritic EBase EComp EMod EPres East_Asian_Width Emoji Emoji_Component
  Emoji_Keycap_Sequence Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Ext ExtPict Extended_Pictographic Extender
  Full_Composition_Exclusion GCB General_Category General_Category_Mask Gr_Base Gr_Ext Gr_Link Grapheme_Base Grapheme_Cluster_Break
  Grapheme_Extend Grapheme_Link Hangul_Syllable_Type Hex Hex_Digit Hyphen IDC IDS IDSB IDST IDSU IDS_Binary_Operator IDS_Trinary_Operator
  IDS_Unary_Operator ID_Compat_Math_Continue ID_Compat_Math_Start ID_Continue ID_Start ISO_Comment Ideo Ideographic InCB InPC InSC
  Indic_Conjunct_Break Indic_Positional_Category Indic_Syllabic_Category Join_C Join_Control Joining_Group Joining_Type LOE
  Lead_Canonical_Combining_Class Line_Break Logical_Order_Exception Lower Lowercase Lowercase_Mapping MCM Math Modifier_Combining_Mark NChar
  NFC_Inert NFC_QC NFC_Quick_Check NFD_Inert NFD_QC NFD_Quick_Check NFKC_Inert NFKC_QC NFKC_Quick_Check NFKC_SCF NFKD_Inert NFKD_QC
  NFKD_Quick_Check Name Noncharacter_Code_Point Numeric_Type Numeric_Value PCM Pat_Syn Pat_WS Pattern_Syntax Pattern_White_Space
  Prepended_Concatenation_Mark QMark Quotation_Mark RGI_Emoji RGI_Emoji_Flag_Sequence RGI_Emoji_Modifier_Sequence RGI_Emoji_Tag_Sequence
  RGI_Emoji_ZWJ_Sequence RI Radical Regional_Indicator SB SD STerm Script Script_Extensions Segment_Starter Sensitive Sentence_Break
  Sentence_Terminal Simple_Case_Folding Simple_Lowercase_Mapping Simple_Titlecase_Mapping Simple_Uppercase_Mapping Soft_Dotted Term
  Terminal_Punctuation Titlecase_Mapping Trail_Canonical_Combining_Class UIdeo Unicode_1_Name Unified_Ideograph Upper Uppercase
  Uppercase_Mapping VS Variation_Selector Vertical_Orientation WB WSpace White_Space Word_Break XIDC XIDS XID_Continue XID_Start age alnum bc
  blank blk bmg bpb bpt ccc cf dt ea gc gcm graph hst isc jg jt lb lc lccc na na1 nfcinert nfdinert nfkcinert nfkdinert nt nv print sc scf
  scx segstart sfc slc space stc suc tc tccc uc vo xdigit
`);
