// Patterns for regular expressions: a list by hand, and as many more as one likes from a seed. None depends on the version of
// Unicode, which is asked for on its own and differs between builds of one release.

const split = text => text.split(/ +|\n/).filter(Boolean);

/** Patterns whose verdict says something about one rule. No blanks in them; see `spaced` for the others. */
const plain = split(String.raw`
  a . ab a|b | || a| |a () (|) (a)(b) (?:) (?:a) (?=a) (?!a) (?<=a) (?<!a) ^ $ ^$ \b \B
  ( (( ) )) a) (a (?:a (?=a (?!a (?<=a (?<!a (?<a>a (a)) (|| (a|b
  * + ? a* a+ a? a** a++ a+? a?? a??? a*? a*?? a*+ a+* ^* $+ \b? \B* |* (*) (|+) (?:*) (?=*) ()* (a)+? (?:)? (?:a)??
  (?=a)* (?=a)+? (?!a)? (?=a){1} (?!a){2,1} (?=a){ (?=a){a} (?<=a)* (?<!a)+ (?<=a)? (?<=a){1} (?<=a){ (?<=a){2,1} (?:(?<=a))* (?:(?=a))* ((?=a))* ((?<!a))+
  (?<=a)\1*() (?<a>(?<=x)\k<a>*) ((?<=x)\1*) (?=)* (?!)* (?<=)* (?<!)? (?=(?=a)*)* (?<=(?=a)*) (?=a)|* (?=a)(?=b)* a(?=b)? [a](?=b)+ \d(?<=a)?
  { } {} {a {1 {1, {1,2 {1} {1,} {1,2} {2,1} {,1} {a} a{ a} a{} a{a} a{1 a{1, a{1,2 a{1} a{1,} a{1,2} a{2,1} a{,1} a{,} a{1,a} a{1a} a{a,1}
  a{1}? a{1}?? a{1}{2} a{1}* a*{1} a{0} a{0,0} a{00} a{01,1} a{1,01} a{1,00} a{10,9} a{9,10} x{1}} x{{1} x{1}{ x{1{1} x{1,{1} x{1,2{3} a|{1} (a{2,1})
  a{2147483646} a{2147483647} a{2147483648} a{4294967295} a{4294967296} a{99999999999999999999} a{99999999999,1} a{1,99999999999}
  a{2147483647,2147483646} a{2147483648,2147483647} a{2147483647,2147483648} a{99999999999,2147483646} a{99999999999,99999999998} a{4294967297,4294967296} a{4294967296,1} a{1,4294967296}
  ] ]] [ [] [^] [^ [] ] [[] [[]] []] [^]] [a [^a [a] [^a] [^^] [a^] [-] [--] [---] [----] [a-] [-a] [a-z] [z-a] [a-a] [a-b-c] [a-c-b] [a-b-] [-a-b] [b-a-] [+--] [--+] [^-a] [^a-] [^--a]
  [\d] [\d-] [-\d] [\d-z] [a-\d] [\d-\d] [\w-a] [a-\W] [\s-\S] [\D-a-z] [a-z-\d] [\b] [\b-a] [a-\b] [\B] [\-] [a\-z] [\--a] [!-\-] [\^] [\]] [\[] [\\] [\/] [/] [\a] [\_] [\:] [\&] [\!] [\.] [.] [\k] [\k<a>] [\p] [\P] [\p{L}] [\P{L}] [\p{L}-a] [a-\p{L}] [\p{L}-\p{L}] [\p{Nope}] [\pL] [\p{] [\p{L] [\q] [\q{a}] [\z] [\8] [\9] [\80]
  [\0] [\00] [\01] [\08] [\1] [\7] [\10] [\12] [\123] [\377] [\400] [\777] [\0-\1] [\1-\0] [\101-\100] [\100-\101] [\4000-a] [\400-\40] [\08-1] [\018-7]
  [\c] [\ca] [\cA] [\cz] [\c1] [\c_] [\c-] [\c!] [\c-a] [\c0-\c9] [\c9-\c0] [\c] [\c\] [\ca-\cb] [\cb-\ca] [\c[] [a-\c] [\x] [\x4] [\x41] [\x4g] [\x-a] [\x42-\x41] [\u] [\u0041] [\u{41}] [\u{}] [\u{110000}] [\u004] [\u0042-\u0041] [\u{42}-\u{41}] [\u{1F4A9}-\u{1F4A8}] [\ud83d\udca9-\ud83d\udca8] [\ud83d\udca8-\ud83d\udca9] [\ud83d-\ud83c] [\u{d83d}\udca9] [\ud83d\u{dca9}-a]
  \ a\ \\ \\\ (\ [\ [a\ [a-\ (?:\ \a \_ \- \/ \. \: \^ \$ \* \+ \? \( \) \[ \] \{ \} \| \! \& \, \= \< \> \@ \# \% \~ \d \D \w \W \s \S \b \B \f \n \r \t \v \e \g \h \i \j \l \m \o \y \z \A \C \E \N \R \Z \Q \q \q{ \q{a} \Y
  \0 \00 \000 \01 \07 \08 \09 \0a \1 \2 \7 \8 \9 \10 \18 \19 \81 \99 \100 \377 \378 \400 \777 \1234567890 \99999999999999999999 \1* \8+ \0? ()\1 \1() ()\2 \2() (\1) (\2) ()\10 ()\01 (?:)\1 (?=(a))\1 (?<=\1(a)) (?<a>)\1 (?<a>)\2 \1(?<a>) \2(?<a>)() \1(?<=a) \1(?=a) \1(?:a) \1[(] \1[(]() \1[\](] \1[\](]() \1\(() \1[a]( \1[[a](] [(]\1 \1(?<a \1(?< \1(? \1( ()()()()()()()()()()\10 ()()()()()()()()()()\11 \10()()()()()()()()()()
  \c \ca \cZ \c1 \c_ \c\ \c* \c( \ca* \c+ \x \x4 \x41 \xg1 \x4g \x* \x{41} \u \u0 \u004 \u0041 \u004g \u* \u{ \u{} \u{0 \u{0} \u{41} \u{041} \u{0000000000041} \u{10FFFF} \u{110000} \u{10FFFFF} \u{g} \u{4g} \u{-1} \u{1F4A9}* \ud83d \udca9 \ud83d\udca9 \ud83d\u{dca9} \ud83d\u \ud83d\udca9* \ud83d* \u{d83d} \u00410 \U0041 a\u{2} \u{1}{2} \u{3}{2,1} \u{
  (? (?) (?? (?a (?a) (?# (?#a) (?> (?>a) (?P<a>b) (?P=a) (?'a'b) (?<) (?< (?<> (?<>) (?<>a) (?<a (?<a> (?<a>) (?<a>b) (?<a>)* (?<a (?<ab>) (?<a1>) (?<1>) (?<1a>) (?<$>) (?<_>) (?<$a_1>) (?<a-b>) (?<a.b>) (?<a)>) (?<a(b>) (?<*>) (?<\> (?<\>) (?<a\>) (?<a\b>) (?<\a>) (?<=> (?<=a (?<!> (?<a=>) (?<a!>) (?<[a]>) (?<a>|b) (?<a>(?<b>)) (?<a>(?<b>)
  (?<\u0061>) (?<a\u0062>) (?<\u{61}>) (?<\u{0061}>) (?<\u{}>) (?<\u{110000}>) (?<\u{61>) (?<\u0>) (?<\u006>) (?<\u>) (?<a\u>) (?<a\u{62}>) (?<\u0031>) (?<a\u0031>) (?<\u002d>) (?<a\u002d>) (?<\u005c>) (?<a\u005c>) (?<\u003e>) (?<a\u003e>) (?<\x61>) (?<a\u200c>) (?<a\u200d>) (?<\u200c>) (?<a\u200e>) (?<\u{1d49c}>) (?<\ud835\udc9c>) (?<a\ud835\udc9c>) (?<\ud835>) (?<\udc9c>) (?<a\ud835>) (?<\ud835\u0061>) (?<\ud835\u{dc9c}>) (?<\u{d835}\udc9c>) (?<\ud835\udc9>) (?<a\ud835\u>) (?<\u{00000000061}>) (?<a\u{1f600}>)
  (?<a>)(?<a>) (?<a>)(?<b>)(?<a>) (?<a>)|(?<a>) (?<a>)|(?<b>)|(?<a>) (?:(?<a>)|(?<a>)) (?:(?<a>)|b)(?<a>) (?<a>)(?:b|(?<a>)) (?:(?<a>)|(?<a>))(?<a>) (?:(?<a>)|(?<a>))|(?<a>) (?:(?:(?<a>)|b)|(?<a>)) (?:(?:(?<a>)|b)(?<a>)|c) (?<a>(?<a>)) (?<a>(?<a>)|b) (?<a>b|(?<a>)) (?<a>)|(?<a>)(?<a>) (?<a>(?:(?<b>)|(?<b>))) (?:(?<a>)|(?<b>))(?:(?<a>)|(?<b>)) ((?<a>)|(?<a>))|(?<a>) (?=(?<a>)|(?<a>)) (?!(?<a>))(?<a>) (?!(?<a>))|(?<a>) (?<=(?<a>)|(?<a>)) (?<a>)(?<\u0061>) (?<a>)|(?<\u{61}>) (?<a>)(?<A>) (?<a>)(?<a (?<a>)(?<a> (?<a>)(?<a>*) (?<a>)(?<a>)( (?<a>)(?<a>)\k<b> (?<a>)|(?:b|(?:(?<a>)|(?<a>c))) (?<a>)(b|(?:(?<a>)|c)) (?:(?<a>)|(?:(?<b>)|(?<a>)))|(?<b>) (?:a|(?<x>)|(?<y>))|(?<y>)(?<x>) (?:a|(?<x>)|(?<y>)|(?<x>)(?<y>)) (?:a|(?<x>)|(?<y>)|(?<x>)(?<x>)) (?<x>)|((?<y>)|(?<x>)|z(?<y>))|(?<y>)
  \k \k< \k<> \k<a \k<a> \k<a>(?<a>) (?<a>)\k<a> (?<a>)\k (?<a>)\k< (?<a>)\k<> (?<a>)\k<a (?<a>)\k<b> (?<a>)\k<b (?<a>)\ka (?<a>\k<a>) \k(?<a>) \k<b>(?<a>) \k<a(?<a>) \ka(?<a>) (?<a>)[\k] [\k](?<a>) [\k<a>](?<a>) (?<a>)[\k<a>] (?<a>.)[a-\k] \k<a>* \k<a>*(?<a>) \k[(?<a>)] \k\(?<a> \k(?<=a) \k(?<!a) \k(?< \k(?<= \k(?<1>) [\k](?< [\k[](?<a>) [\k](?<=a) [\k](?:a) \k(?:(?<a>)) \k<\u0061>(?<a>) \k<\u{61}>(?<a>) \k<a\u>(?<a>) (?<a>)\k<1> (?<a>)\k<a>{2,1} (?<a>)\k<a>** \k<a>\k<b>(?<a>) \k<a>( \k<a>(?<a>)( (?:\k<a>|(?<a>b)|(?<a>c))\k<a> \k<a>|(?<b>) (?<a>)(?<b>)\k<c>\k<a> (?<aa>)\k<a> (?<a>)\k<aa>
  (?i:a) (?m:a) (?s:a) (?ims:a) (?i (?i) (?i: (?i:) (?i:a (?u:a) (?g:a) (?y:a) (?v:a) (?d:a) (?I:a) (?iu:a) (?ii:a) (?i-i:a) (?i-:a) (?-i:a) (?-:a) (?-) (?- (?-- (?--: (?--i:a) (?i--:a) (?i-s-m:a) (?i-sm:a) (?-ims:a) (?im-s:a) (?is-s:a) (?-ii:a) (?i-mm:a) (?i-sms:a) (?-i (?-i) (?i-) (?i- (?i-g:a) (?-u:a) (?:i:a) (?i:a)* (?i:a)** (?i:*) (?i:(?i:a)) (?i:(?-i:a)) (?i:(?<a>b))\k<a> (?i:(?<a>b)|(?<a>c)) (?i:a|b)|c (?i=a) (?i!a) (?i<a>b) (?<i:a>) (?=i:a) (?i:(?<=a)*) (?-i:(?=a))* (?i:[z-a]) \1(?i:(a))
  \p \P \p* \p{ \p{} \p{L} \P{L} \p{L}* \p{L \p{L= \p{=} \p{=L} \p{L=} \pL \p{Lu} \p{lu} \p{LU} \p{Uppercase_Letter} \p{UppercaseLetter} \p{uppercase_letter} \p{gc=Lu} \p{gc=lu} \p{GC=Lu} \p{gc==Lu} \p{gc=Lu=} \p{gc=} \p{General_Category=Lu} \p{General_Category=Uppercase_Letter} \p{gc=LC} \p{LC} \p{Cased_Letter} \p{Any} \p{ASCII} \p{Assigned} \p{any} \p{gc=Any} \p{Any=Y} \P{Any} \p{Alphabetic} \p{Alpha} \p{Alphabetic=Y} \p{Alphabetic=} \p{sc=Grek} \p{sc=Greek} \p{sc=greek} \p{Script=Greek} \p{scx=Grek} \p{Script_Extensions=Greek} \p{script=Greek} \p{Greek} \p{Grek} \p{sc} \p{sc=} \p{sc=Hrkt} \p{sc=Zzzz} \p{sc=Zyyy} \p{scx=Zinh} \p{sc=Qaai} \p{sc=Qaac} \p{sc=Lu} \p{gc=Grek} \p{Block=Basic_Latin} \p{InBasicLatin} \p{IsGreek} \p{age=6.0} \p{L&} \p{^L} \p{-L} \p{L_} \p{_L} \p{Lu}{2,1} \p{Line_Break} \p{ccc=0} \p{Emoji} \p{Emoji_Presentation} \p{ExtPict} \p{RGI_Emoji} \P{RGI_Emoji} \p{Basic_Emoji} \p{Emoji_Keycap_Sequence} \p{RGI_Modifier_Sequence} \p{RGI_Emoji_Modifier_Sequence} \p{RGI_Flag_Sequence} \p{RGI_Emoji_Flag_Sequence} \p{RGI_Emoji_Tag_Sequence} \p{RGI_ZWJ_Sequence} \p{RGI_Emoji_ZWJ_Sequence} [\p{RGI_Emoji}] [\P{RGI_Emoji}] [^\p{RGI_Emoji}] [^\P{RGI_Emoji}] [^[\p{RGI_Emoji}]] [^\p{RGI_Emoji}--\p{RGI_Emoji}] [^\p{RGI_Emoji}&&\p{L}] [^\p{L}&&\p{RGI_Emoji}] [^\p{L}--\p{RGI_Emoji}] \p{IDS_Unary_Operator} \p{ID_Compat_Math_Start} \p{punct} \p{digit} \p{cntrl} \p{space} \p{gc=digit} \p{gc=punct} \p{Other_Math} \p{XIDS} \p{STerm} \p{Sentence_Terminal} \p{Hyphen} \p{Expands_On_NFC} \p{Grapheme_Link} \p{Full_Composition_Exclusion} \p{NFC_Inert} \p{Prepended_Concatenation_Mark}
  [[a]] [[a] [[^a]] [^[a]] [^[^a]] [[[a]]] [[]a] [a[]] [[a][b]] [[a]b] [a[b]] [[a]-b] [a-[b]] [[a]--b] [a--[b]] [[a]--[b]] [[a]&&[b]] [a&&b] [a--b] [a&&b&&c] [a--b--c] [a&&b--c] [a--b&&c] [ab&&c] [ab--c] [a&&bc] [a--bc] [a-z&&b] [a&&b-z] [a--b-z] [a-z--b] [a&&[b-z]] [[a-z]&&b] [a&&] [&&a] [a--] [--a] [a&&&b] [a&&&&b] [a&&\&] [&&&] [a---b] [a----b] [a--\-] [a&b] [a&] [&a] [&] [a&-z] [&-a] [%-&] [\&&&a] [&&&a] [a&&[&]] [\d&&\w] [\d--5] [\d--[1-5]] [\p{L}--[a-z]] [\p{L}&&\p{ASCII}] [^\d&&\w] [^[a]&&b] [a&&^b] [a&&[^b]] [a-&&b] [a-b&&c] [a-&&] [a--b-] [a&&b-] [a-b-c] [a-b--c] [[a]&b] [&&] [--] [&] [[a&&b]--c] [[a--b]&&c] [[a&&b]c] [a[b&&c]--d] [a&&[b--c]&&d] [a&&b [a&&b&&] [a--b--] [a&& [a-- [a- [[a- [a&&[ [a--[b] [a--[b]- [a&&[b]&
  [!!] [##] [$$] [%%] [**] [++] [,,] [..] [::] [;;] [<<] [==] [>>] [??] [@@] [^^] [^^^] [a^^] [~~] [!] [#] [$] [%] [*] [+] [,] [.] [:] [;] [<] [=] [>] [?] [@] [^a^] [~] [a!!b] [a!b!c] [a-!!] [!!-a] [!-!] [\!!] [!\!] [a--!!] [a&&!!] [a&&==] [''] [""] [__] [@-@@] [\@@] [\~~] [\$$]
  [(] [)] [{] [}] [|] [a|b] [a(b] [()] [a/b] [(-)] [a-(] [(-a] [a-)] [a-}] [a-|] [a-/] [\(\)] [\{\}] [\|] [\/] [a--(] [a&&)] [\(-\)] [\)-\(]
  [\q] [\q{] [\q{}] [\q{a}] [\q{ab}] [\q{a|b}] [\q{a|}] [\q{|a}] [\q{|}] [\q{ab|cd}] [\q{a|bc}] [\q{a] [\q{a|] [\q{a|b] [\q{a}}] [\q{{}] [\q{\{}] [\q{(}] [\q{\(}] [\q{-}] [\q{\-}] [\q{a-b}] [\q{[a]}] [\q{&&}] [\q{&}] [\q{!!}] [\q{/}] [\q{\/}] [\q{\d}] [\q{\b}] [\q{\u{61}}] [\q{\u0061}] [\q{\x61}] [\q{\q}] [\q{\p{L}}] [\q{\c}] [\q{\ca}] [\q{\0}] [\q{\1}] [\q{\k}] [\q{a\}] [\q{a}\q{b}] [\q{a}-b] [a-\q{b}] [\q{a}--b] [a--\q{b}] [\q{a}&&b] [\qa] [\Q{a}] [q{a}] [^\q] [^\q{}] [^\q{a}] [^\q{ab}] [^\q{a|b}] [^\q{a|bc}] [^\q{a|}] [^\q{\u{1F4A9}}] [^\q{\ud83d\udca9}] [^\q{\u{d83d}\u{dca9}}] [^[\q{ab}]] [^[^\q{ab}]] [[^\q{ab}]] [^a\q{ab}] [^\q{ab}a] [^\q{ab}--\q{ab}] [^\q{ab}--a] [^a--\q{ab}] [^\q{ab}&&\q{cd}] [^\q{ab}&&a] [^a&&\q{ab}] [^\q{ab}&&a&&\q{b}] [^[\q{ab}&&a]] [^[[\q{ab}]--a]] [^[[\q{ab}]&&a]b] [^[[\q{ab}]&&a]\q{cd}] [^\d\q{ab}] [^\q{ab}-c] [^[a\q{a}]] [^\p{RGI_Emoji}\q{ab}] \q{ab} [\q{a|b|c}--\q{b}] [\q{ab}[\q{cd}]]
  [\d-a] [\d-] [a-\d] [\d\-a] [\-a] [a\-] [a-\-] [\--a] [-a] [a-] [-] [a\-b] [\d-\d] [a-b\-] [\^] [\^a] [a^] [\k] [\_] [\"] [\']
  a[b a[b](c (a[b) [a(b](c) (?:[a)] [[(]] ([)] ((?:a)|(?=b)(?!c)(?<=d)(?<!e)(?<f>g))
`);

const spaced = [
  '', ' ', 'a b', '(?<a b>)', '[ ]', '[  ]', '(? :a)', 'a{1, 2}', 'a{ 1}', '\\ ', '[\\ ]', '\\p{ L}', '\\p{L }', '\\p {L}', '[a && b]', '[a -- b]', '[\\q{a b}]', '[``]', '[`]', '[\\`]', '\\k<a >(?<a>)',
  '\n', '\r', '\u2028', '\u2029', '\\\n', '\\\r', '\\\u2028', '[\n]', '[\\\n]', '(\n', '(\u2028', '/', '(/', '[/](', '\\/(', '"(', '\'(',
  '\0', '\\\0', '[\0]', '(\0', '(?<a\0>)', '[\0-\x01]', '[\x01-\0]', '\\c\0', '(?\0', '\\k<\0>(?<a>)', '\\p{\0}', '\\p{L\0}', '\\p{gc=L\0}',
  '\xe9', '\\\xe9', '(\xe9', '(?<\xe9>)', '(?<a\xe9>)', '(?<\xaa>)', '(?<\xb7>)', '(?<a\xb7>)', '(?<\xd7>)', '[\xe9-a]', '\xff(', '\\c\xe9', '\\c\u212a', '\\c\u017f', '(?\u0131:a)', '(?\u017f:a)', 'a{\u0661}', '\\x\uff11\uff11', '(?<\uff41>)', '(?<a\uff11>)', '(?<a\u0661>)', '(?<\u0661>)', '(?<a\u0301>)', '(?<\u0301>)', '(?<\xe9>)(?<e\u0301>)', '(?<\u212b>)(?<\xc5>)',
  '(?<a\u200c>)', '(?<a\u200d>)', '(?<\u200c>)', '(?<\u200d>)', '(?<\u2118>)', '(?<\u212e>)', '(?<\u309b>)', '(?<a\u1369>)', '(?<\u2160>)', '(?<a\u203f>)', '(?<\ufeff>)', '(?<a\xa0>)', '(?<a\u2028>)', '(?<a\u180e>)',
  '\ud83d', '\udca9', '\ud83d\udca9', '\udca9\ud83d', '\ud83d\udca9*', '\ud83d*', '(\ud83d', '(\udca9', '(\ud83d\udca9', '[\ud83d]', '[\ud83d\udca9]', '[\ud83d\udca9-\ud83d\udcaa]', '[\ud83d\udcaa-\ud83d\udca9]', '[\ud83d-\udca9]', '[\udca9-\ud83d]', '[a-\ud83d\udca9]', '[\ud83d\udca9-a]', '[\ud83d\udca9-\ud83d]', '[\ud83d-\ud83d\udca9]', '[\ud83d\\udca9-a]', '[\\ud83d\udca9-\ud83e]', '[\\ud83d\udca9-a]', '\\ud83d\udca9', '\\\ud83d\udca9', '\\\ud83d', '[\\\ud83d\udca9]', '\\c\ud83d', '\\u{1f4a9}\udca9',
  '(?<\ud83d\udca9>)', '(?<\ud835\udc9c>)', '(?<a\ud835\udc9c>)', '(?<\ud835>)', '(?<a\ud835>)', '(?<\udc9c>)', '(?<a\udc9c>)', '(?<\udc9c\ud835>)', '(?<\ud835\\udc9c>)', '(?<\\ud835\udc9c>)', '(?<\ud835\udc9c>)\\k<\ud835\udc9c>', '(?<\ud835\udc9c>)\\k<\\u{1d49c}>', '(?<\ud835\udc9c>)\\k<\\ud835\\udc9c>', '(?<\ud835\udc9c>)(?<\\u{1d49c}>)', '(?<\ud835\udc9c>)|(?<\\ud835\\udc9c>)', '(?<\ud835', '(?<a\ud835', '(?<\ud835\udc9c', '\\k<\ud835\udc9c>', '\\k<\ud83d\udca9>', '\\k<\ud83d>(?<a>)', '(?<\u{e0100}>)', '(?<a\u{e0100}>)', '(?<\u{10ffff}>)',
  '[\ud83d\udca9--a]', '[\ud83d--a]', '[\\q{\ud83d\udca9}]', '[^\\q{\ud83d\udca9}]', '[^\\q{\ud83d}]', '[^\\q{\ud83d\udca9|\ud83d\udca9}]', '[^\\q{\u{1f468}\u200d\u{1f469}}]', '[\ud83d\udca9\ud83d\udca9]', '[a-\ud83d]', '[\ud83d-a]', '[&\ud83d&]', '[\xa7\xa7]', '[\u2028\u2028]',
  '\\p{' + 'a'.repeat(63) + '}', '\\p{' + 'a'.repeat(64) + '}', '\\p{' + 'L'.repeat(200) + '}', '\\p{gc=' + 'L'.repeat(200) + '}', '\\u{' + '0'.repeat(100) + '41}', 'a{' + '0'.repeat(100) + '1,' + '0'.repeat(90) + '}', 'a{' + '9'.repeat(100) + '}', '\\' + '9'.repeat(100), '\\' + '1'.repeat(100) + '()', '('.repeat(200), '('.repeat(200) + ')'.repeat(199), '(?:'.repeat(100) + ')'.repeat(100), '['.repeat(50), '['.repeat(50) + ']'.repeat(50), '['.repeat(50) + 'a' + ']'.repeat(49), '[^'.repeat(20) + '\\q{ab}' + ']'.repeat(20), '[a--'.repeat(20) + 'b' + ']'.repeat(20), '(?<a>|'.repeat(10) + ')'.repeat(10), 'x'.repeat(300) + '(',
];

export const handWritten = [...new Set([...plain, ...spaced])];

// MARK: Random patterns

/** A generator of numbers below a limit: xorshift on 32 bits. */
function generator(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  return limit => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const names = ['a', 'b', 'a', 'b', 'c', '$', '_', 'ab', 'a1', '\\u0061', '\\u{62}', '\xe9', '\u03c0', '\ud835\udc9c', '\\ud835\\udc9c', '\\u{1d49c}', '1', '', 'a-b', '\\x61', '\ud835', 'a\u200d'];
const properties = ['L', 'Lu', 'gc=Lu', 'sc=Grek', 'scx=Greek', 'Script=Latin', 'Alphabetic', 'Any', 'ASCII', 'Emoji', 'RGI_Emoji', 'Basic_Emoji', 'Emoji_Keycap_Sequence', 'lu', 'Nope', '', 'L=', 'General_Category=Letter', 'RGI_Emoji_Flag_Sequence'];
const escapes = ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\0', '\\00', '\\1', '\\2', '\\3', '\\8', '\\12', '\\07', '\\377', '\\n', '\\t', '\\v', '\\c', '\\ca', '\\cZ', '\\c1', '\\c_', '\\x', '\\x41', '\\x4', '\\u', '\\u0041', '\\u004', '\\u{41}', '\\u{1F4A9}', '\\u{110000}', '\\u{', '\\ud83d', '\\udca9', '\\ud83d\\udca9', '\\k', '\\a', '\\_', '\\-', '\\/', '\\.', '\\(', '\\)', '\\[', '\\]', '\\{', '\\}', '\\|', '\\\\', '\\^', '\\$', '\\*', '\\&', '\\!', '\\q', '\\p', '\\b', '\\B', '\\z', '\\e', '\\\xe9', '\\\ud83d\udca9', '\\%', '\\=', '\\~', '\\@', '\\#', '\\,', '\\:', '\\;', '\\<', '\\>'];
const characters = ['a', 'b', 'c', 'k', 'x', 'u', 'z', 'A', 'Z', '0', '1', '9', '_', ' ', '-', '!', '&', '%', ',', ':', ';', '<', '=', '>', '@', '`', '~', '#', '"', '\'', '/', '\n', '\u2028', '\0', '\xe9', '\xff', '\u0100', '\u03c0', '\ud83d\udca9', '\ud83d\udcaa', '\ud83d', '\udca9', '\ufeff'];
const troublemakers = ['(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '^', '$', '.', '\\', '-', '--', '&&', '&', '<', '>', '=', '!', ':', ',', '(?', '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<', '(?<a>', '(?<b>', '(?i:', '(?-', '(?i-s:', '\\k<a>', '\\k<', '\\k', '\\1', '\\2', '\\q{', '\\p{', '\\P{L}', '\\u{', '\\x', '\\c', '\\u', '{1', '{1}', '{2,1}', '{1,}', '[^', '[[', ']]', 'a', 'b', 'i', 'm', 's', 'k', '1', '0', '\ud83d', '\udca9', '\\ud83d', '\\udca9', '\\d', '\\b', '\0', '\n'];

/** Endless patterns: made by the grammar, most of them right, and then often damaged. */
export function* randomPatterns(seed) {
  const below = generator(seed);
  const pick = list => list[below(list.length)];
  const many = (limit, make, between = '') => Array.from({ length: below(limit) }, make).join(between);
  const chance = percent => below(100) < percent;

  const disjunction = depth => {
    const alternatives = [alternative(depth)];
    while (chance(25) && alternatives.length < 4) alternatives.push(alternative(depth));
    return alternatives.join('|');
  };
  const alternative = depth => many(4, () => term(depth));
  const number = () => pick(['0', '1', '2', '3', '10', '01', '2147483647', '2147483648', '99999999999', '4294967296', '']);
  const quantifier = () => (chance(60) ? pick(['*', '+', '?']) : pick([`{${number()}}`, `{${number()},}`, `{${number()},${number()}}`, '{', '{a}', '{1'])) + (chance(25) ? '?' : '');
  const term = depth => atom(depth) + (chance(25) ? quantifier() : '');
  const modifiers = () => many(3, () => pick(['i', 'm', 's', 'i', 'm', 's', 'u', 'g']));

  function atom(depth) {
    const kind = below(depth > 0 ? 20 : 12);
    if (kind < 3) return pick(characters);
    if (kind < 6) return pick(escapes);
    if (kind === 6) return pick(['^', '$', '.', '\\b', '\\B']);
    if (kind === 7) return `\\${pick(['p', 'P'])}{${pick(properties)}}`;
    if (kind === 8) return `\\k<${pick(names)}>`;
    if (kind === 9) return pick(['{', '}', ']', '-', '&&']);
    if (kind === 10) return legacyClass();
    if (kind === 11) return setClass(2);
    const body = disjunction(depth - 1);
    if (kind < 14) return `(${body})`;
    if (kind === 14) return `(?:${body})`;
    if (kind === 15) return `(?${pick(['=', '!', '<=', '<!'])}${body})`;
    if (kind < 19) return `(?<${pick(names)}>${body})`;
    return `(?${modifiers()}${chance(40) ? '-' + modifiers() : ''}:${body})`;
  }

  const classAtom = () => (chance(55) ? pick(characters) : chance(20) ? pick(['(', ')', '[', '{', '}', '|', '^', '.', '*', '$']) : chance(20) ? `\\${pick(['p', 'P'])}{${pick(properties)}}` : pick(escapes));
  const legacyClass = () => `[${chance(25) ? '^' : ''}${many(5, () => (chance(25) ? `${classAtom()}-${classAtom()}` : classAtom()))}]`;

  const setCharacter = () => (chance(75) ? pick(['a', 'b', 'c', 'z', '0', '&', '!', ',', '^', '\ud83d\udca9', '\xe9', '_', '<', '\ud83d']) : pick(escapes));
  const strings = () => `\\q{${Array.from({ length: 1 + below(3) }, () => many(3, setCharacter)).join('|')}}`;
  function operand(depth) {
    const kind = below(10);
    if (kind < 4) return setCharacter();
    if (kind === 4) return pick(['\\d', '\\W', `\\${pick(['p', 'p', 'P'])}{${pick(properties)}}`]);
    if (kind < 7) return strings();
    return depth > 0 ? setClass(depth - 1) : setCharacter();
  }
  function setClass(depth) {
    const kind = below(4);
    const body =
      kind === 0 ? Array.from({ length: 1 + below(3) }, () => operand(depth)).join('--')
      : kind === 1 ? Array.from({ length: 1 + below(3) }, () => operand(depth)).join('&&')
      : many(4, () => (chance(25) ? `${setCharacter()}-${setCharacter()}` : operand(depth)));
    return `[${chance(35) ? '^' : ''}${body}]`;
  }

  function damaged(pattern) {
    const at = below(pattern.length + 1);
    const before = pattern.slice(0, at);
    const after = pattern.slice(at);
    switch (below(5)) {
      case 0: return before + after.slice(1 + below(3));
      case 1: return before + pick(troublemakers) + after;
      case 2: return before + pick(troublemakers) + after.slice(1);
      case 3: return before + before.slice(-1 - below(6)) + after;
      default: return before;
    }
  }

  for (;;) {
    const style = below(10);
    let pattern = style < 6 ? disjunction(3) : style < 8 ? setClass(3) : many(8, () => pick(troublemakers));
    for (let times = below(3); times > 0; times--) pattern = damaged(pattern);
    if (chance(15)) pattern = damaged(pattern + pick(handWritten));
    if (pattern.length > 0 && pattern.length <= 120) yield pattern;
  }
}

/** A pattern, and the flags it is to be compiled with. Most flags mean nothing to the syntax; some patterns have them all the same. */
export function* randomCases(seed) {
  const below = generator(seed ^ 0x5bd1e995);
  for (const pattern of randomPatterns(seed)) {
    const others = below(8) === 0 ? ['g', 'i', 'm', 's', 'y', 'd'].filter(() => below(3) === 0).join('') : '';
    yield [pattern, ['', 'u', 'v'].map(flag => others + flag).concat(below(4) === 0 ? ['uv'] : [])];
  }
}
