using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The words by which somebody wants no messages, or has died: alone, in a column of any name, or among others.
/// </summary>
internal static class OptOutWords
{
    private const int LongestWord = 60;
    private const int LongestList = 400;
    private const int ShortestShouted = 7;
    private const string Dead = "DECEASED";
    private const string Died = "died";
    private const string DoNotContact = "dnc";
    private const string DoNotDisturb = "dnd";

    // What somebody asks not to be sent, and in German.
    private const string Further = "(any|more|further|your|our|again|marketing|promotional|advertising)*";
    private const string GermanNone = "(sie)?(mir|uns)?(bitte)?keinen?(weiteren)?";
    private const string GermanMails = "(werbe)?(e?mail|newsletter|werbung|nachrichten|post)";

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
        "donotsend", "donotallow", "donotmarket", "donotsolicit", "nomarketing", "consentwithdrawn", "withdrewconsent",
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
        "noemail", "nomail", "nomailing", "nonewsletter", "nocontact", "nevercontact", "keinemail", "keineemail",
        "keinnewsletter", "no(e?mail)?solicitation",
        "wantsnoemail", "wantsnonewsletter",
        "nolongerwants?(to(receive|get))?(any|our|your|more|marketing|promotional)*(e?mail|newsletter|message)",
        "nottobecontacted", "askednottobecontacted", "removeme",
        "remove(me)?from(your|the|all|our)?((mailing|email)?list|database)",
        $"donotsend(me|us|him|her|them)?{Further}(e?mail|newsletter|message)", DoNotContact, DoNotDisturb,
        $"don['’]?t(contact|e?mail|message|send)(me|us|him|her|them)?{Further}(e?mail|newsletter|message)?",
        "do(not|n['’]?t)want(any|more|your|to(get|receive))*(e?mail|newsletter|message)",
        "does(not|n['’]?t)want(any|more|our|your|to(get|receive))*(e?mail|newsletter|message)",
        "stop(sending|(e?mail|contact|messag)ing)(me|us)?(any|more|these|your)*(e?mail|message)?",
        "nocorrespondence", "keinen?(e?mail|newsletter|nachrichten|post|werbung)s?mehr",
        "no(quiere|desea)(recibir)?(más)?(correo|mensaje|e?mail|publicidad)",
        $"senden{GermanNone}{GermanMails}s?(mehr)?", $"schicken{GermanNone}{GermanMails}s?(mehr)?",
        $"keinen?(weiteren)?{GermanMails}s?(mehr)?(zu)?(senden|schicken)",
        "ne(pas|plus)(m['’]|nous)?envoyer(de|d['’]|vos|la|votre)?(e?mail|courriel|newsletter|publicité|message)",
        "no(me|nos)(env[íi]e[ns]?|mande[ns]?)(más)?(correo|e?mail|publicidad|mensaje)",
        "non(mi|ci)?(inviat|mandat)e(mi|ci)?(più)?(e?mail|pubblicità|messaggi|newsletter)",
        "stuur(mij|me|ons)?geen(e?mail|reclame|nieuwsbrief|nieuwsbrieven|berichten)s?(meer)?",
        "não(me)?enviem?(mais)?(e?mail|publicidade|mensagen)", "nao(me)?enviem?(mais)?(e?mail|publicidade|mensagen)",

        // The names of the lists of those who want none.
        "blacklist", "blocklist", "schwarzeliste", "listenoire", "listanegra", "listanera", "zwartelijst",
        "sperrliste", "robinsonliste", "suppressionlist", "dnclist", "donot(contact|e?mail)list",
        "ne(veut|souhaite)(plus|pas)(êtrecontactée?|(recevoir)?(de|d['’]|nos|vos)?(e?mail|courriel|newsletter)s?)",
    ];

    // Such words where somebody shouts them, within whatever else stands in a cell: "zzUNSUBSCRIBED Bob".
    private static readonly string[] s_shouted =
        ["UNSUBSCRIBED", "DO NOT CONTACT", "DO NOT EMAIL", "DO NOT MAIL", "DO NOT SEND", "OPTED OUT", "OPT OUT",
        Dead];

    private static readonly string[] s_please =
        ["please", "pls", "bitte", "mercide", "merci", "veuillez", "porfavor", "perfavore", "graag"];

    // What may stand in front of the words for what somebody has done: CiviCRM puts an address on hold for it.
    private static readonly string[] s_before = ["has", "is", "onhold", "patient", "client"];

    // Of whom it is said that they have died. Who is said to have gone may be a guest who has left.
    private static readonly string[] s_whose =
    [
        "he", "she", "they", "guest", "member", "donor", "customer", "contact", "person", "constituent", "supporter",
        "resident", "student", "gast", "kunde", "kundin", "mitglied", "spender", "patientin", "klient", "bewohner",
        "kontakt", "invité", "cliente", "membre", "donateur", "adhérent", "paciente", "socio", "socia", "huésped",
        "ospite", "contacto", "contatto", "membro", "hóspede", "klant", "lid",
    ];

    // Each cell is asked for, so its first two letters come before the expression.
    private static readonly HashSet<(char First, char Second)> s_beginnings =
        BeginningsOf(s_words.Concat(s_please).Concat(s_before).Concat(s_whole));

    private static readonly HashSet<(char First, char Second)> s_beginningsOfDeath =
        BeginningsOf(["has", "patient", "client", "sadly", "recently", "suddenly", Died, .. s_whose]);

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
            + "|^(passed|away|is|has|inactive|recently|presumed|confirmed|member|am|pm|t|z|utc"
            + "|died|dead|tote?[rs]?|mort[eoa]?|muert[oa]|d[ei]funt[oa]|défunte?|dood)$",
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

    // Of whom it is said, and in a verb, with the day or the season: "died in March". Much else may have died.
    private static readonly Regex s_died = new(
        $"^(({string.Join("|", s_whose)})(in|e)?(is|has|ist|est|è|é)?({string.Join("|", s_dead)})"
            + @"[a-zà-ž]{0,2}[.!\d]*"
            + $"|(({string.Join("|", s_whose)}|client|patient)(has)?|has)?(sadly|recently|suddenly)?{Died}"
            + "(in|on|early|late|last|this|the|about|around|year|month|week|spring|summer|autumn|fall|winter"
            + "|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?"
            + @"|nov(ember)?|dec(ember)?|st|nd|rd|th|[\d/.,!])*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // What stands in a column of deaths, or of the lives of people, in place of yes and no.
    private static readonly Regex s_isDead = Whole(
        "died", "dead", "tote?[rs]?", "mort[eoa]?", "muert[oa]", "difunt[oa]", "défunte?", "defunt[oa]", "dood");

    private static readonly Regex s_isAlive = Whole(
        "(is)?(still)?(living|alive)", "lives", "(is)?not(yet)?(dead|died)", "(lebt|lebend(e[rs]?|ig)?)(noch)?",
        "(noch)?amleben", "nichttot", "vivante?", "(encore|toujours)?envie", "pas(mort|décédé)e?", "viv[oa]",
        "viviente", "convida", "vivente", "invita", "levend", "(nog)?inleven", "leeft(nog)?", "comvida");

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
        if (IsDead(cell) || s_died.IsMatch(cell))
        {
            return true;
        }

        var rest = s_death.Replace(cell, string.Empty);
        return rest.Length < cell.Length
            && FindAlone(rest) is null
            && !AreIn(rest);
    }

    /// <summary>Tells whether a cell says of a person, as the column asks for it, dead.</summary>
    /// <param name="cell">The cell, as <see cref="WordOf"/> gives it.</param>
    public static bool IsDead(string cell) => s_isDead.IsMatch(cell);

    /// <summary>Tells whether a cell says of a person, as the column asks for it, living.</summary>
    /// <param name="cell">The cell, as <see cref="WordOf"/> gives it.</param>
    public static bool IsAlive(string cell) => s_isAlive.IsMatch(cell);

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
        && ((Begins(value, s_beginnings) && s_alone.IsMatch(ColumnNames.Normalize(value)))
            || (Begins(value, s_beginningsOfDeath) && IsDeathAlone(ColumnNames.Normalize(value))));

    // Many words begin like those for people, and few cells are about a death.
    private static bool IsDeathAlone(string cell) =>
        (cell.Contains(Died) || Array.Exists(s_dead, cell.Contains)) && s_died.IsMatch(cell);

    // Signs that make no difference are passed over, and a comma may stand in front.
    private static bool Begins(string value, HashSet<(char First, char Second)> beginnings)
    {
        var first = ColumnNames.Skip(value, 0);
        var second = ColumnNames.Skip(value, first + 1);
        return second < value.Length
            && (value[first] == ','
                || beginnings.Contains((char.ToLowerInvariant(value[first]), char.ToLowerInvariant(value[second]))));
    }

    private static HashSet<(char First, char Second)> BeginningsOf(IEnumerable<string> words) =>
        [.. words.Select(word => (word[0], word[1]))];

    private static bool HasWord(string cell, string word) =>
        cell.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at
        && !IsReversed(cell.Substring(0, at), cell.Substring(at + word.Length));

    // A denial in front, as in "never unsubscribed" or "not opted out", reverses the meaning.
    private static bool IsReversed(string before, string after) =>
        Array.Exists(s_denials, denial => before.EndsWith(denial, StringComparison.Ordinal))
        || Array.IndexOf(s_firstDenials, before) >= 0
        || Array.IndexOf(s_lastDenials, after) >= 0;
}
