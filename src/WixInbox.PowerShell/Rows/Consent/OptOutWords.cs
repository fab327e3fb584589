using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The words by which somebody wants no messages, or has died: alone, in a column of any name, or among others.
/// </summary>
internal static class OptOutWords
{
    private const int LongestWord = 40;
    private const int LongestList = 400;
    private const int ShortestShouted = 7;
    private const string Dead = "DECEASED";
    private const string DoNotContact = "dnc";
    private const string DoNotDisturb = "dnd";

    // Words by which somebody has died. "Died" is the end of other words.
    private static readonly string[] s_dead =
    [
        "deceased", "passedaway", "verstorben", "gestorben", "décédé", "fallecid", "decedut", "overleden", "falecid",
    ];

    // Words that mean an opt-out, whatever stands before or after them: "Unsubscribed by admin".
    private static readonly string[] s_words =
    [
        .. s_dead,
        "unsub", "optedout", "optout", "suppressed", "donotcontact", "donotemail", "donotmail", "abgemeldet",
        "abbestellt", "désabonné", "desabonné", "désinscrit", "disiscritt", "dadodebaja", "desuscrit", "afgemeld",
        "uitgeschreven", "descadastrad", "nichtkontaktieren", "nichtmehrkontaktieren", "keinewerbung",
        "nepascontacter", "nepluscontacter", "nocontactar", "noncontattare", "nãocontactar", "nãocontatar",
        "nietcontacteren", "nietmeercontacteren", "geenreclame", "blocklisted", "blacklisted", "spamcomplaint",
        "donotsend", "donotallow", "donotmarket", "nomarketing", "consentwithdrawn", "withdrewconsent",
        "donotdisturb", "nomolestar", "nãoperturbe", "naoperturbe", "nichtstören", "nepasdéranger", "nepasderanger",
        "nondisturbare", "nietstoren", "勿扰", "勿擾",
        "wypisan", "odhlášen", "odhlásen", "leiratkoz", "avmeldt", "afmeldt", "avregistrer", "avprenumerer",
        "отписан", "отписал",
        "配信停止", "配信拒否", "退订", "退訂", "取消订阅", "取消訂閱", "수신거부",
        "הוסרמרשימתתפוצה", "הוסרמרשימתהתפוצה", "הוסרהמרשימתתפוצה", "הוסרהמרשימתהתפוצה",
    ];

    // Words that mean it alone. "No email on file" does not.
    private static readonly string[] s_whole =
    [
        "noemail", "nomail", "nomailing", "nonewsletter", "nocontact", "nevercontact", "keinemail", "keinnewsletter",
        "wantsnoemail", "wantsnonewsletter",
        "nolongerwants?(to(receive|get))?(any|our|your|more|marketing|promotional)*(e?mail|newsletter|message)",
        "nottobecontacted", "askednottobecontacted", "removeme",
        "remove(me)?from(your|the|all|our)?((mailing|email)?list|database)",
        "donotsend(any|more|marketing)*(e?mail|newsletter|message)", DoNotContact, DoNotDisturb,
        "don['’]?t(contact|e?mail|message|send)(me|us|him|her|them)?(any|more|your|again)*(e?mail|message)?",
        "do(not|n['’]?t)want(any|more|your|to(get|receive))*(e?mail|newsletter|message)",
        "does(not|n['’]?t)want(any|more|our|your|to(get|receive))*(e?mail|newsletter|message)",
        "stop(sending|(e?mail|contact|messag)ing)(me|us)?(any|more|these|your)*(e?mail|message)?",
        "nocorrespondence", "keinen?(e?mail|newsletter|nachrichten|post|werbung)s?mehr",
        "no(quiere|desea)(recibir)?(más)?(correo|mensaje|e?mail|publicidad)",
        "ne(veut|souhaite)(plus|pas)(êtrecontactée?|(recevoir)?(de|d['’]|nos|vos)?(e?mail|courriel|newsletter)s?)",
    ];

    // Such words where somebody shouts them, within whatever else stands in a cell: "zzUNSUBSCRIBED Bob".
    private static readonly string[] s_shouted =
        ["UNSUBSCRIBED", "DO NOT CONTACT", "DO NOT EMAIL", "DO NOT MAIL", "DO NOT SEND", "OPTED OUT", "OPT OUT",
        Dead];

    private static readonly string[] s_please = ["please", "pls", "bitte", "merci", "porfavor", "perfavore"];

    // What may stand in front of the words for what somebody has done: CiviCRM puts an address on hold for it.
    private static readonly string[] s_before = ["has", "is", "onhold", "patient", "client"];

    // Each cell is asked for, so its first two letters come before the expression.
    private static readonly HashSet<(char First, char Second)> s_beginnings =
        [.. s_words.Concat(s_please).Concat(s_before).Concat(s_whole).Select(word => (word[0], word[1]))];

    // Of a list, and around what is said in brackets behind a name. A sentence has commas too.
    private static readonly char[] s_listSeparators =
        [';', '|', '\n', ':', '/', '&', '*', '"', '(', ')', '[', ']', '{', '}'];

    private static readonly string[] s_dashes = [" - ", " – ", " — "];

    private static readonly char[] s_separators = [',', '-', '–', '—', .. s_listSeparators];

    private static readonly string[] s_denials = ["not", "never", "nicht", "pas", "jamais", "niet", "nooit", "nunca"];

    // Those that are short, so that they may end another word, and stand at the beginning.
    private static readonly string[] s_firstDenials =
        ["ikke", "inte", "ej", "ne", "nie", "nem", "не", "未", "尚未"];

    // And those that come behind.
    private static readonly string[] s_lastDenials =
        ["なし", "していない", "していません", "しない", "안함", "아님", "않음", "하지않음"];

    private static readonly string[] s_shoutedDenials = ["NOT ", "NEVER "];

    // The ending of a gender or a number is left open.
    private static readonly string s_done =
        $"({string.Join("|", s_words)})(scribed?|[a-zà-žа-я]{{0,2}})";

    private static readonly string s_word = $"({s_done}|({string.Join("|", s_whole)})s?)";

    private static readonly Regex s_death = new(string.Join("|", s_dead), RegexOptions.CultureInvariant);

    private static readonly Regex s_notLetters = new(@"[^\p{L}]+", RegexOptions.CultureInvariant);

    // What stands beside it.
    private static readonly Regex s_ofDeath = new(
        $"^({string.Join("|", s_dead)})"
            + "|^(passed|away|is|has|inactive|recently|presumed|confirmed|member|am|pm|t|z|utc)$",
        RegexOptions.CultureInvariant);

    // What somebody does not want any more.
    private const string Mails = "(your|the|this|all|any|our)?(marketing|promotional|bulk|mass)?"
        + "(emails?|mailings?|(mailing|email)?lists?|newsletters?|marketing)";

    // Such a word alone, in a column of any name, or as it is asked for, with the day on which it was said. "No contact
    // email" and "Has no email" do not say it.
    private static readonly Regex s_alone = new(
        $"^({string.Join("|", s_please)})?,?"
            + $"(({string.Join("|", s_before)})?{s_done}(me|us)?((from|of)?{Mails})?|{s_word}(me|us)?(from{Mails})?)"
            + $"(again|anymore)?,?({string.Join("|", s_please)})?[.!\\d]*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex s_denied = Whole($"({string.Join("|", s_denials)}){s_word}");

    /// <summary>
    /// Finds a word for an opt-out in a column of any name, where it stands alone, or as one of a list:
    /// "VIP; Unsubscribed".
    /// </summary>
    /// <returns>The word; null where there is none.</returns>
    public static string? FindAlone(string value)
    {
        if (IsAlone(value))
        {
            return value.Trim();
        }

        if (FindShouted(value) is { } shouted)
        {
            return shouted;
        }

        if (value.Length > LongestList || value.IndexOfAny(s_separators) < 0)
        {
            return null;
        }

        return FindInList(value)
            ?? (s_dashes.Aggregate(value, (text, dash) => text.Replace(dash, ";")) is var list && list != value
                ? FindInList(list)
                : null);
    }

    private static string? FindInList(string list)
    {
        foreach (var part in list.Split(s_listSeparators))
        {
            if (IsAlone(part.Trim()))
            {
                return part.Trim();
            }

            // A sentence has commas too: "He called, unsubscribed, and came back."
            string[] labels = part.Contains(',') ? Array.ConvertAll(part.Split(','), label => label.Trim()) : [];
            if (Array.Find(labels, IsAlone) is { } word
                && Array.TrueForAll(labels, label => IsAlone(label) || label.Count(char.IsWhiteSpace) < 2))
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>
    /// Tells whether a cell says no more than that somebody has died, and when. Whatever else it says may be what those
    /// want who are left: "Deceased, wife wants no mail".
    /// </summary>
    public static bool IsNothingButDeath(string value)
    {
        string[] others =
        [
            .. s_notLetters.Split(value.ToLowerInvariant())
                .Where(word => word.Length > 0 && !s_ofDeath.IsMatch(word) && YesNo.Read(word) != true),
        ];
        return others.Length == 0

            // The month of a date.
            || (others.Length == 1
                && value.Any(char.IsDigit)
                && YesNo.Read(others[0]) is null
                && FindAlone(others[0]) is null
                && !AreIn(others[0]));
    }

    /// <summary>Tells whether such a word stands among others: "Unsubscribed by admin".</summary>
    /// <param name="cell">The cell, as <see cref="WordOf"/> gives it.</param>
    public static bool AreIn(string cell) => Array.Exists(s_words, word => HasWord(cell, word));

    /// <summary>Tells whether such a word is denied: "not unsubscribed".</summary>
    /// <param name="cell">The cell, as <see cref="WordOf"/> gives it.</param>
    public static bool AreDenied(string cell) => s_denied.IsMatch(cell);

    /// <summary>Tells whether a word only forbids what its column names.</summary>
    public static bool IsNotAllowed(string word) => WordOf(word) == "donotallow";

    /// <summary>
    /// Tells whether a cell says that somebody has died, and nothing by which somebody has unsubscribed.
    /// </summary>
    public static bool IsDeath(string value)
    {
        var cell = WordOf(value);
        var rest = s_death.Replace(cell, string.Empty);
        return rest.Length < cell.Length
            && FindAlone(rest) is null
            && !AreIn(rest);
    }

    /// <summary>Gets what is said in a cell, without what makes no difference.</summary>
    public static string WordOf(string value) => ColumnNames.Normalize(value).TrimEnd('.', '!');

    private static Regex Whole(params string[] words) => new(
        "^(" + string.Join("|", words) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static string? FindShouted(string value)
    {
        foreach (var word in value.Length is < ShortestShouted or > LongestList ? [] : s_shouted)
        {
            if (value.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at
                && !IsDenied(value, at)
                && !(word == Dead && at > 0 && char.IsLetter(value[at - 1])))
            {
                return word;
            }
        }

        return null;
    }

    private static bool IsDenied(string value, int at) => Array.Exists(
        s_shoutedDenials, denial => value.Substring(0, at).EndsWith(denial, StringComparison.Ordinal));

    private static bool IsAlone(string value) =>
        value.Length is > 1 and < LongestWord
        && MayBegin(value)
        && s_alone.IsMatch(ColumnNames.Normalize(value));

    // Signs that make no difference are passed over, and a comma may stand in front.
    private static bool MayBegin(string value)
    {
        var first = ColumnNames.Skip(value, 0);
        var second = ColumnNames.Skip(value, first + 1);
        return second < value.Length
            && (value[first] == ','
                || s_beginnings.Contains((char.ToLowerInvariant(value[first]), char.ToLowerInvariant(value[second]))));
    }

    private static bool HasWord(string cell, string word) =>
        cell.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at
        && !IsReversed(cell.Substring(0, at), cell.Substring(at + word.Length));

    // A denial in front, as in "never unsubscribed" or "not opted out", reverses the meaning.
    private static bool IsReversed(string before, string after) =>
        Array.Exists(s_denials, denial => before.EndsWith(denial, StringComparison.Ordinal))
        || Array.IndexOf(s_firstDenials, before) >= 0
        || Array.IndexOf(s_lastDenials, after) >= 0;
}
