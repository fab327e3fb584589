using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// The one map from the names of columns to parameters. Upper and lower case, blanks, <c>_</c> and <c>-</c> make no
/// difference. A name that is not here fills nothing.
/// </summary>
internal static class ColumnNames
{
    private const string FurtherAddress = "Email 2";
    private const string LastProxy = "Email (Billing)";

    private static readonly Regex s_boundary = new(
        @"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}]+", RegexOptions.CultureInvariant);

    // Whom a file is about, by what they are to whoever has it.
    private static readonly string[] s_people =
    [
        "Student", "Patient", "Participant", "Attendee", "Registrant", "Tenant", "Donor", "Applicant",
        "Candidate", "Ticket Holder", "Traveller", "Traveler", "Passenger", "Requester", "Subscriber", "Member",
        "Client", "Customer",

        // Whom a customer or a member brings along, where there is one.
        "Guest", "Invitee",
    ];

    // Who may stand in a row for somebody else: those who belong to the person's own account, and those who book, pay
    // or look after it.
    private static readonly string[] s_ofAccount = ["Contact", "Login"];
    private static readonly string[] s_proxies = ["User", "Buyer", "Recipient", "Account", "Billing"];

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
            .. AddressesOf(s_people), .. AddressesOf(s_ofAccount), .. AddressesOf(s_proxies), LastProxy,

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
            "אימייל", "כתובת אימייל", "מייל", "כתובת מייל", "דוא\"ל", "דוא״ל", "כתובת דוא\"ל", "כתובת דוא״ל",
            "البريد الإلكتروني",

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

    private static readonly Regex s_number = new(@"\d+$|(?<=^\p{L}+)\d+(?=\p{L}+$)", RegexOptions.CultureInvariant);

    // Words for what somebody is called: "First Name", "Nachname", "Prénom", "Apellidos", "姓名".
    private static readonly string[] s_nameWords =
    [
        "name", "naam", "navn", "namn", "nom", "apellid", "imię", "nazwisk", "nimi", "имя", "фамил", "名", "이름",
    ];

    // And for people, of whom a row may have several: "Guest 2", "Parent 2 First Name".
    private static readonly string[] s_personWords =
    [
        "parent", "guardian", "guest", "attendee", "participant", "child", "player", "passenger",
        "travel", "elternteil", "gast", "teilnehmer", "begleit", "invité", "invitad", "ospite",
    ];

    private static readonly Dictionary<string, (string Parameter, int Rank)> s_byName = s_parameters
        .SelectMany(parameter =>
            parameter.Names.Select((name, rank) => (Name: Normalize(name), parameter.Parameter, Rank: rank)))
        .GroupBy(entry => entry.Name, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key, group => (group.First().Parameter, group.First().Rank), StringComparer.Ordinal);

    private static readonly int s_firstPerson = RankOf(AddressesOf(s_people)[0]);
    private static readonly int s_firstPayer = RankOf("Subscriber Email");
    private static readonly int s_lastPayer = RankOf("Customer Email Address");
    private static readonly int s_contact = RankOf("Contact Email Address");
    private static readonly int s_firstOfAccount = RankOf(AddressesOf(s_ofAccount)[0]);
    private static readonly int s_firstProxy = RankOf(AddressesOf(s_proxies)[0]);
    private static readonly int s_lastProxy = RankOf(LastProxy);
    private static readonly int s_firstFurther = RankOf(FurtherAddress);

    /// <summary>Finds the parameter that a column may fill.</summary>
    /// <param name="column">The column's name as the row spells it.</param>
    /// <returns>The parameter, and the place of the name in its order of preference; null if there is none.</returns>
    public static (string Parameter, int Rank)? Find(string column) =>
        s_byName.TryGetValue(Normalize(column), out var found) ? found : null;

    /// <summary>Tells whether a column has a second address of a person, and not that of another one.</summary>
    public static bool IsFurtherAddress(string column) =>
        Find(column) is ("Email", var rank) && rank >= s_firstFurther;

    /// <summary>
    /// Tells whether a column has the address of somebody in a role, such as Customer Email and Billing Email: beside
    /// an address without one, it may be that of another, and of several rows' people.
    /// </summary>
    public static bool IsByRole(string column) => IsFrom(s_firstPerson, column);

    /// <summary>
    /// Tells whether the role may be that of somebody who acts for the person: Contact Email, User Email.
    /// </summary>
    public static bool MayBeOfAnother(string column) => IsFrom(s_firstOfAccount, column);

    /// <summary>
    /// Tells whether the role may be that of somebody who acts for a contact: Buyer Email, but not Contact Email.
    /// </summary>
    public static bool IsOfProxy(string column) => IsFrom(s_firstProxy, column);

    /// <summary>
    /// Tells whether the role is that of a person whom a file is about, such as Customer Email, or Contact Email.
    /// </summary>
    public static bool IsOfPerson(string column) =>
        IsByRole(column) && Find(column) is (_, var rank) && rank <= s_contact;

    /// <summary>
    /// Tells whether the role may also be that of somebody who pays for the person, or of a company: Client Email.
    /// </summary>
    public static bool MayBeOfPayer(string column) =>
        Find(column) is ("Email", var rank) && rank >= s_firstPayer && rank <= s_lastPayer;

    private static bool IsFrom(int first, string column) =>
        Find(column) is ("Email", var rank) && rank >= first && rank <= s_lastProxy;

    private static int RankOf(string address) => Find(address)!.Value.Rank;

    private static string[] AddressesOf(string[] people) =>
        [.. people.SelectMany(one => new[] { one + " Email", one + " Email Address" })];

    /// <summary>Gets the words of a name, in small letters, with one blank between them.</summary>
    public static string WordsOf(string name) => s_boundary.Replace(name, " ").ToLowerInvariant();

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
            && (s_nameWords.Any(parts[index].Basis.Contains) || s_personWords.Any(parts[index].Basis.Contains))
            && !parts[index].Basis.Contains("mail")
            && Array.IndexOf(parts, (parts[index].Basis, string.Empty)) is >= 0 and var same
            && Math.Max(from, same) < Math.Min(to, index));
    }

    // The first of several has the number 1, or none. A number stands at the end, or behind the word for a person:
    // "Parent 2 First Name".
    private static (string Basis, string Number) Split(string column)
    {
        var name = Normalize(column);
        var number = s_number.Match(name);
        return (
            number.Success ? name.Remove(number.Index, number.Length) : name,
            number.Value == "1" ? string.Empty : number.Value);
    }

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

    /// <summary>Passes over the parts of a name that make no difference.</summary>
    /// <param name="name">The name.</param>
    /// <param name="at">From where on.</param>
    /// <returns>Where the next one is that does; the name's length, or more, if there is none.</returns>
    public static int Skip(string name, int at)
    {
        while (at < name.Length && IsNoMatter(name[at]))
        {
            at++;
        }

        return at;
    }

    // NULs between the letters are those of another encoding, of which the row is told. Each letter of each cell is
    // asked for, and most are ASCII.
    private static bool IsNoMatter(char letter) => letter < '\u0080'
        ? letter is '_' or '-' or ' ' or (>= '\t' and <= '\r')
        : char.IsWhiteSpace(letter) || (Unseen.IsInvisible(letter) && !char.IsControl(letter));
}
