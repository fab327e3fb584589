using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The one map from the names of columns to parameters. Upper and lower case, blanks, <c>_</c> and <c>-</c> make no
/// difference. A name that is not here fills nothing.
/// </summary>
internal static class ColumnNames
{
    private const string FurtherAddress = "Email 2";

    // Each parameter with its names. The order of the names is the order of preference where a row has several of these
    // columns: the first that is filled counts.
    private static readonly (string Parameter, string[] Names)[] s_parameters =
    [
        // Who.
        ("ConversationId", ["ConversationId"]),
        ("MemberId", ["MemberId"]),
        ("ContactId", ["ContactId"]),
        ("AnonymousVisitorId", ["AnonymousVisitorId", "VisitorId"]),
        ("Email",
        [
            "Email", "Email Address", "Mail", "Primary Email", "Main Email", "Email (Primary)", "Primary Email Address",
            "Contact Email", "Contact Email Address", "Login Email", "Member Email", "Subscriber Email",
            "Customer Email", "Guest Email", "Attendee Email", "User Email", "Client Email", "Buyer Email",
            "Recipient Email", "Account Email", "Email (Billing)", "Billing Email", "Billing Email Address",

            // Wix, Google and Outlook number the addresses of a contact.
            "Email 1", "Email 1 Value", "Email 1 Address", "Email Address 1",

            // The headings of exports in other languages. Those that differ from the English ones by hyphens alone are
            // there already.
            "E-Mail-Adresse", "Mailadresse", "Adresse e-mail", "Adresse mail", "Adresse électronique",
            "Adresse de messagerie", "Courriel", "Correo electrónico", "Correo electronico", "Correo",
            "Dirección de correo electrónico", "Indirizzo e-mail", "Indirizzo di posta elettronica", "E-mailadres",
            "Endereço de e-mail", "Endereço de email", "E-post", "E-postadress", "E-postadresse", "Adres e-mail",
            "Adres email", "Sähköposti", "Sähköpostiosoite", "E-posta", "Электронная почта", "Эл. почта", "メールアドレス",
            "邮箱", "电子邮件", "이메일",

            // The second address of a contact, where there is no first.
            FurtherAddress, "Email 2 Value", "Email 2 Address", "Email 3", "Email 3 Value", "Email 3 Address",
            "Secondary Email", "Alternate Email", "Alternative Email", "Other Email",
        ]),

        // Where.
        ("Connection", ["Connection"]),
        ("SiteId", ["SiteId"]),

        // The content. No other column fills it: one that is called Message or Title was made for another purpose.
        ("Text", ["Text"]),
        ("ImageUrl", ["ImageUrl"]),
        ("ImagePath", ["ImagePath"]),
        ("FileUrl", ["FileUrl"]),
        ("FilePath", ["FilePath"]),
        ("PreviewText", ["PreviewText"]),

        // How it arrives, under the API's name too.
        ("SendNotification", ["SendNotification", "SendNotifications"]),
    ];

    // Words for what somebody is called: "First Name", "Nachname", "Prénom", "Apellidos", "姓名".
    private static readonly string[] s_nameWords =
    [
        "name", "naam", "navn", "namn", "nom", "apellid", "imię", "nazwisk", "nimi", "имя", "фамил", "名", "이름",
    ];

    // Words that occur only in the names of consent columns.
    private static readonly string[] s_consentWords =
    [
        "unsub", "optout", "optedout", "consent", "suppress", "donotcontact", "donotemail", "donotmail",
        "donotsend", "donotmarket", "donottext", "donotmessage", "emailsubscri", "blocklist", "blacklist",
        "donotallow", "abgemeldet", "abbestellt", "einwillig", "toestemming", "consenso", "nichtkontakt",
        "nepascontact", "désinscri", "désabonn", "disiscri", "descadastr", "robinsonlist",
        "listarobinson", "kontaktsperre",
    ];

    // The ends of the names of columns with what every mail has at its foot.
    private static readonly string[] s_linkWords = ["link", "url", "href", "token"];

    private static readonly char[] s_brackets = ['(', '['];

    // What such columns name, in any order with the words for it: "Newsletter opt-in", "Opted in to marketing emails".
    private const string Mails = "(all|bulk|global|primary)?(email|mail|mailing|marketing|newsletter"
        + "|emailmarketing|marketingemail|emailnewsletter)s?";

    private const string OutWords = "(unsub|unsubscribed?|optout|optedout)";

    // Yes and no of something else, such as "Email verified" and "Mailing address is the same".
    private static readonly Regex s_ofOther = new(
        "^has|verif|valid|bounc|confirm|deliver|(?<!con)sent|open|click|address|adress|exist|primary|qualif|respon",
        RegexOptions.CultureInvariant);

    // Words of columns that may say who wants messages, if they have a yes or a no. Not Bewerber, Gewerbe, Wettbewerb.
    private static readonly Regex s_aboutMails = new(
        "mail|marketing|newsletter|campaign|kampagne|message|nachricht|subscribed|opt(ed)?in|promotions|advert"
            + "|(?<!be|ge|er)werb|(may|can|okto|allow)contact|contact(allowed|permission)|kontakt(aufnahme)?erlaubt"
            + "|^(abmeldung|afmelding|uitschrijving|baja)$|publicidad|publicité|pubblicità|nieuwsbrief",
        RegexOptions.CultureInvariant);

    // The columns by which exports say that somebody wants no messages, and what they then say: by their letters and
    // digits alone, without a verb such as is or has at the beginning.
    private static readonly (OptOut Meaning, Regex Names)[] s_optOuts =
    [
        (OptOut.Status, Whole(
            "(email|mail|contact|member|list)?status", "(subscriber|subscription)?state", "subscriptions?",
            "(email|mail)preferences?", "mailinglists?", "(audience|label|tag|group|list|segment)s?")),
        (OptOut.StatusOrNo, Whole(
            $@"({Mails}\.?)?(subscriber|subscription|permission|optin)status",
            "(marketing|emailmarketing|newsletter)status",
            $"{Mails}(permission|subscription)s?",
            $"({Mails})?subscribe", $"subscribe(to|for){Mails}",
            "subscriber", "newsletter", "emailmarketing", "contactable", "kontaktierbar", "suscrit[oa]")),
        (OptOut.Yes, Whole(
            $"(global)?({Mails})?(unsubscribed?|optout|optedout|suppressed|(black|block)list(ed)?)",
            $"(unsubscribed?|optout|optedout)(from|of){Mails}",

            // HubSpot has a column for each kind of mail: "Opted out of email: Newsletter".
            "optedoutofemail:.*",
            $"(donot|donotallow|no|keine?|geen|pasde){Mails}", "donot(contact|market|text|message)", "dnc",
            $"donotsend({Mails}|messages?)?", "keinewerbung", "werbewiderspruch",
            "nicht(mehr)?(kontaktieren|anschreiben)", "ne(pas|plus)contacter", "no(volvera)?contactar",
            "non(pi[uù])?contattare", "n[ãa]ocontact?ar", "niet(meer)?(contacteren|benaderen|mailen)",
            "geenreclame", "geennieuwsbrief", "pasdepublicité", "nopublicidad", "nopubblicità",
            "abgemeldet", "d[ée]sabonn[ée]e?", "d[ée]sabonnement", "d[ée]sinscrite?", "d[ée]sinscription",
            "disiscritt[oa]", "disiscrizione", "dad[oa]debaja", "afgemeld", "uitgeschreven",
            "descadastr(o|ad[oa])")),
        (OptOut.No, Whole(
            $"({Mails})?(subscribed|optin|optedin)", $"{Mails}(allowed|consent)",
            $"(subscribed|optin|optedin)(to|for|in)?{Mails}", $"(accept|allow|receive)s?{Mails}",
            "(newsletter)?abonniert", "werbungerlaubt", "abonné")),
        (OptOut.Filled, Whole(
            $"({Mails})?{OutWords}(date|time|at|on|reason)", $"(date|time)(of)?{OutWords}",
            "(newsletter)?(abgemeldet|abbestellt)(am|seit|um)", "(newsletter)?abmelde(datum|grund)",
            "d[ée]s(abonn|inscrit)[ée]?e?le", "datede?d[ée]s(abonnement|inscription)",
            "disiscritt[oa]il", "dad[oa]debajael", "(afgemeld|uitgeschreven)op", "descadastrad[oa]em")),
    ];

    private static readonly Dictionary<string, (string Parameter, int Rank)> s_byName = s_parameters
        .SelectMany(parameter =>
            parameter.Names.Select((name, rank) => (Name: Normalize(name), parameter.Parameter, Rank: rank)))
        .GroupBy(entry => entry.Name, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key, group => (group.First().Parameter, group.First().Rank), StringComparer.Ordinal);

    /// <summary>How a column says that somebody wants no messages.</summary>
    internal enum OptOut
    {
        /// <summary>By the word unsubscribed, among other words.</summary>
        Status,

        /// <summary>By such a word, or by no, false or 0.</summary>
        StatusOrNo,

        /// <summary>By yes, true or 1.</summary>
        Yes,

        /// <summary>By no, false or 0.</summary>
        No,

        /// <summary>By being filled.</summary>
        Filled,
    }

    /// <summary>Finds the parameter that a column may fill.</summary>
    /// <param name="column">The column's name as the row spells it.</param>
    /// <returns>The parameter, and the place of the name in its order of preference; null if there is none.</returns>
    public static (string Parameter, int Rank)? Find(string column) =>
        s_byName.TryGetValue(Normalize(column), out var found) ? found : null;

    /// <summary>Tells whether a column has a second address of a person, and not that of another one.</summary>
    public static bool IsFurtherAddress(string column) =>
        Find(column) is ("Email", var rank) && rank >= Find(FurtherAddress)!.Value.Rank;

    /// <summary>
    /// Tells whether a further address is that of another person, whose columns come after those of the first, with the
    /// same names and a number: Email, Name, Email 2, Name 2.
    /// </summary>
    /// <param name="columns">The columns of the row, in their order.</param>
    /// <param name="first">The one with the first address.</param>
    /// <param name="further">The one with the further address.</param>
    public static bool IsOfFurtherPerson(string[] columns, string first, string further)
    {
        var number = Split(further).Number;
        if (number.Length == 0)
        {
            return false;
        }

        var parts = Array.ConvertAll(columns, Split);
        var (from, to) = (Array.IndexOf(columns, first), Array.IndexOf(columns, further));
        return Enumerable.Range(0, parts.Length).Any(index =>
            parts[index].Number == number
            && s_nameWords.Any(parts[index].Basis.Contains)
            && Array.IndexOf(parts, (parts[index].Basis, string.Empty)) is >= 0 and var same
            && Math.Max(from, same) < Math.Min(to, index));
    }

    // The first of several has the number 1, or none.
    private static (string Basis, string Number) Split(string column)
    {
        var name = Normalize(column);
        var basis = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var number = name.Substring(basis.Length);
        return (basis, number == "1" ? string.Empty : number);
    }

    /// <summary>Finds out whether a column tells who wants no messages, and how.</summary>
    public static OptOut? FindOptOut(string column)
    {
        // A question mark, or what may stand in it, "(Y/N)" or "[all]", is often put behind a name. An export of nested
        // data has the names of both: "primaryEmail.subscriptionStatus".
        var name = Normalize(column);
        name = name.IndexOfAny(s_brackets) is > 0 and var bracket ? name.Substring(0, bracket) : name;
        name = string.Concat(name.Where(letter => char.IsLetterOrDigit(letter) || letter is ':' or '.'));
        foreach (var (meaning, names) in s_optOuts)
        {
            if (names.IsMatch(name))
            {
                return meaning;
            }
        }

        return null;
    }

    /// <summary>
    /// Tells whether a column seems to say who wants messages, and is none of those that are known.
    /// </summary>
    public static bool IsLikeOptOut(string column)
    {
        var name = Normalize(column);
        return FindOptOut(column) is null
            && s_consentWords.Any(name.Contains)
            && !Array.Exists(s_linkWords, word => name.EndsWith(word, StringComparison.Ordinal));
    }

    /// <summary>
    /// Tells whether a column, which is none of those that are known, seems to say who wants messages if it has a yes
    /// or a no.
    /// </summary>
    public static bool IsAboutMessages(string column)
    {
        var name = Normalize(column);
        return s_aboutMails.IsMatch(name) && !s_ofOther.IsMatch(name);
    }

    private static Regex Whole(params string[] names) => new(
        "^(is|has)?(" + string.Join("|", names) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Reads a cell that says yes or no. Upper and lower case and blanks make no difference.</summary>
    /// <returns>Whether it says yes; null where it says neither yes nor no.</returns>
    public static bool? ReadYesNo(string cell) => Normalize(cell) switch
    {
        "yes" or "y" or "true" or "1" or "x" or "on" or "ja" or "oui" or "si" or "sí" or "sì" or "sim" => true,
        "no" or "n" or "false" or "0" or "off" or "nein" or "non" or "nee" or "não" or "nao" => false,

        // As a table of numbers writes true and false, where a cell of the column is empty.
        "1.0" or "1,0" => true,
        "0.0" or "0,0" => false,

        // As Excel writes TRUE and FALSE in German, French, Spanish, Italian, Portuguese and Dutch.
        "wahr" or "vrai" or "verdadero" or "vero" or "verdadeiro" or "waar" => true,
        "falsch" or "faux" or "falso" or "onwaar" => false,
        _ => null,
    };

    /// <summary>Removes the parts of a name that make no difference.</summary>
    public static string Normalize(string name)
    {
        var kept = new char[name.Length];
        var length = 0;
        foreach (var character in name)
        {
            if (!IsNoMatter(character))
            {
                kept[length++] = char.ToLowerInvariant(character);
            }
        }

        return new string(kept, 0, length);
    }

    /// <summary>Tells whether a part of a text is the name of a column, without a string that is made for it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="column">The column.</param>
    public static bool IsNameIn(string text, int start, int end, string column)
    {
        var (at, length) = (0, 0);
        for (; start < end; start++)
        {
            if (IsNoMatter(text[start]))
            {
                continue;
            }

            at = Skip(column, at);
            if (at == column.Length || char.ToLowerInvariant(text[start]) != char.ToLowerInvariant(column[at]))
            {
                return false;
            }

            (at, length) = (at + 1, length + 1);
        }

        return length > 0 && Skip(column, at) == column.Length;
    }

    /// <summary>Gets the expression that reads a column in a script block.</summary>
    /// <returns>For example <c>$_.FirstName</c> or <c>$_.'First Name'</c>.</returns>
    public static string ExpressionFor(string column) =>
        HasUnseen(column) ? "$_." + Typed(column)
        : column.Length > 0
        && !char.IsDigit(column[0])
        && column.All(letter => char.IsLetterOrDigit(letter) || letter == '_')
            ? "$_." + column
            : $"$_.'{column.Replace("'", "''")}'";

    /// <summary>Gets a name in double quotes, as it can be typed where a character of it cannot be seen.</summary>
    /// <returns>For example <c>"$([char]0xFEFF)Order"</c>.</returns>
    public static string Typed(string name) =>
        "\"" + string.Concat(name.Select(letter =>
            AddressText.IsUnseen(letter) ? FormattableString.Invariant($"$([char]0x{(int)letter:X4})")
            : letter is '"' or '$' or '`' ? "`" + letter
            : letter.ToString())) + "\"";

    /// <summary>Tells whether a name has a character that cannot be seen, or looks like a blank and is none.</summary>
    public static bool HasUnseen(string name) => name.Any(AddressText.IsUnseen);

    /// <summary>Asks whether a column was meant.</summary>
    /// <param name="column">The column.</param>
    /// <param name="typed">What is typed for one whose name has a character that cannot be seen.</param>
    /// <returns>The question, which begins with a blank.</returns>
    public static string AskFor(string column, string typed) =>
        $" Did you mean '{AddressText.Visible(column)}'?"
        + (HasUnseen(column) ? $" It has a character that cannot be seen: {typed}." : string.Empty);

    /// <summary>Finds the name that is most like a missing one.</summary>
    /// <param name="name">The name that was looked for.</param>
    /// <param name="names">Those that there are.</param>
    /// <returns>The nearest; null if none is near.</returns>
    public static string? FindNearest(string name, IEnumerable<string> names)
    {
        var wanted = Normalize(name);
        var farthest = Math.Max(1, wanted.Length / 3);
        return names
            .Select(other => (Name: other, Distance: DistanceOf(wanted, Normalize(other))))
            .Where(other => other.Distance <= farthest)
            .OrderBy(other => other.Distance)
            .Select(other => other.Name)
            .FirstOrDefault();
    }

    private static int Skip(string name, int at)
    {
        while (at < name.Length && IsNoMatter(name[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsNoMatter(char letter) =>
        letter is '_' or '-' or '\u200B' or '\uFEFF' || char.IsWhiteSpace(letter);

    // The number of letters that are put in, left out, replaced or swapped with their neighbour.
    private static int DistanceOf(string from, string to)
    {
        // The names of columns are short. A similar name for a long one is of no use.
        if (Math.Abs(from.Length - to.Length) > from.Length || from.Length > 64)
        {
            return int.MaxValue;
        }

        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(
                        Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                        rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[from.Length, to.Length];
    }
}
