using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>Whose address a column has that fills nothing, by the words of its name.</summary>
internal static class AddressRoles
{
    // The sender of a mail, and those who look after the person of the row.
    private static readonly Regex s_staff = new(
        @"^from|\b(owners?|reps?|agents?|cc|bcc|by|hosts?|shop|store)\b|sender|reply ?to|representative|staff|manager"
            + "|assign|advis[eo]r|consultant|sales|seller|vendor|supplier|merchant|organi[sz]er|instructor|teacher"
            + "|trainer|coach|tutor|provider|support|customer (service|care|success)|(?<!p)referr|inviter|emergency"
            + "|recruiter|recruiting|realtor|broker|stylist|therapist|technician|coordinat|supervis|officer|admin"
            + "|case ?worker"
            + "|location|branch|franchise|absender|betreuer|berater|mitarbeiter|verkäufer|makler|filiale|standort"
            + "|vertrieb|sachbearbeiter|expéditeur|conseiller|propriétaire|gestionnaire|remitente|propietari|asesor"
            + "|agente|担当|営業",
        RegexOptions.CultureInvariant);

    // Those who may be staff, and may be the person.
    private static readonly Regex s_uncertain = new(
        @"^to\b|\b(users?|employees?)\b|user ?name|point ?person|submitt|notfall", RegexOptions.CultureInvariant);

    // Where a person goes, works or learns, who serves or pays for the person, and who lives there too. Each may be
    // whom a file is about, where it names nobody else: School Email may be a pupil's, or a school's.
    private static readonly Regex s_around = new(
        @"\b(office|gym|firm|team|club|church|campus|venue|hotel|lender|vet|partners?|kin|co|bill|bills|paid)\b|studio"
            + "|clinic|salon|school|college|university|institut|company|business|employer|agency|department|facility"
            + "|restaurant|organi[sz]ation|insur|doctor|dentist|veterinar|nurse|physician|practitioner|attorney|lawyer"
            + "|solicitor|counsel|accountant|landlord|architect|contractor|designer|photographer|planner|pastor"
            + "|professor|facilitator|captain|leader|driver|payer|sponsor|shipping|delivery|spouse|husband|wife|fianc"
            + "|firma|schule|verein|praxis",
        RegexOptions.CultureInvariant);

    // A further address of a person, by what it is for or where it is from.
    private static readonly Regex s_own = new(
        @"\b(work|home|other|old|new|apple|google|zoom|teams)\b|personal|private|previous|former|second|alternat"
            + "|backup|recovery|updated|preferred|confirm|verif|log ?in|invoic|receipt|notification|pay ?pal|g ?mail"
            + "|icloud|skype|facebook",
        RegexOptions.CultureInvariant);

    // Whom a file is about. As that of a recipient, such an address has to be named.
    private static readonly Regex s_person = new(
        @"^(client|customer|candidate|student|patient|member|lead|prospect|player|athlete|camper|pupil)( s)?"
            + @" (e ?)?mail( address)?$",
        RegexOptions.CultureInvariant);

    // What may have an address in it, and is nobody.
    private static readonly Regex s_thing = new(
        @"\b(web|website|calendar|notes?|comments?|message|account|url|link|id)\b", RegexOptions.CultureInvariant);

    // Those who are left out.
    private static readonly Regex s_gone = new(
        @"\b(no|not|removed|blocked|complain\w*|excluded|declined|stop|left|bounced|invalid|deceased|gdpr|keine?|baja"
            + @"|verstorben\w*)\b",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_parent = new(
        "guardian|parent|mother|father|eltern|mutter|vater", RegexOptions.CultureInvariant);

    private static readonly Regex s_pupil = new(
        @"\b(pupil|student|child|schüler|kindes|kinder|élève|enfant|alumn[oa]|leerling)\b",
        RegexOptions.CultureInvariant);

    // Somebody beside the person whom a row begins with: "Spouse", "Secondary Contact First Name".
    private static readonly Regex s_beside = new(
        @"guardian|mother|father|eltern|mutter|vater"
            + @"|\b(parent|partner)\b(?! (account|company|organi|id|code|no|number))"
            + @"|\b(spouse|husband|wife|père|mère|padre|madre"
            + @"|conjointe?|époux|épouse|cónyuge|coniuge|co (applicant|buyer|owner))\b|ehe(mann|frau|partner)"
            + @"|\b(second(ary)?|other|further|additional) (contact|guest|person|member|applicant|owner)\b",
        RegexOptions.CultureInvariant);

    // What such a column is called at the end, where no address stands in it yet.
    private static readonly Regex s_address = new(
        @"\b(e ?)?mail( address)?$|mailadresse$|courriel$|correo$", RegexOptions.CultureInvariant);

    private static readonly Regex s_former = new(
        @"\b(old|former|previous|alte|ancien)\b", RegexOptions.CultureInvariant);

    /// <summary>Tells whether a column may be proposed as the one with the addresses of the rows' people.</summary>
    public static bool MayBeOfPerson(string column) =>
        ColumnNames.WordsOf(column) is var words
        && !s_staff.IsMatch(words)
        && !s_uncertain.IsMatch(words)
        && !IsOfOptOut(column);

    /// <summary>
    /// Tells whether a column may have the address of a school, a company, a doctor and the like, which is proposed
    /// only where no other may be.
    /// </summary>
    public static bool MayBeAround(string column) => s_around.IsMatch(ColumnNames.WordsOf(column));

    /// <summary>Tells whether a column has the address of one of those whom a file is about.</summary>
    public static bool IsOfPerson(string column) =>
        ColumnNames.IsOfPerson(column) || s_person.IsMatch(ColumnNames.WordsOf(column).Trim());

    /// <summary>Tells whether a column has the address of a parent.</summary>
    public static bool IsOfParent(string column) =>
        OtherChannels.IsMail(column) && s_parent.IsMatch(ColumnNames.WordsOf(column));

    /// <summary>Tells whether rows are about pupils, whose parents the messages may be for.</summary>
    public static bool AreOfPupils(string[] columns) =>
        Array.Exists(columns, column => s_pupil.IsMatch(ColumnNames.WordsOf(column)));

    /// <summary>Tells whether a column is called as one with addresses is, whatever stands in it.</summary>
    public static bool IsAddress(string column) => s_address.IsMatch(ColumnNames.WordsOf(column).Trim());

    /// <summary>Tells whether a column has an address that the person no longer has.</summary>
    public static bool IsFormer(string column) => s_former.IsMatch(ColumnNames.WordsOf(column));

    /// <summary>
    /// Tells whether a row names a second person between its first address and another, and has no address for that one
    /// alone: Email, Spouse, Email 2.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The column with the first address.</param>
    /// <param name="further">The column with the other one.</param>
    public static bool HasPersonBetween(Row row, string first, string further)
    {
        var columns = row.Shape.Columns;
        string[] beside = Array.FindAll(columns, column => s_beside.IsMatch(ColumnNames.WordsOf(column).Trim()));
        return !Array.Exists(beside, IsAddress)
            && Array.Exists(beside, column =>
                Array.IndexOf(columns, column) is var at
                && at > Array.IndexOf(columns, first)
                && at < Array.IndexOf(columns, further)
                && RowValues.Given(row.TextIn(column)) is not null);
    }

    /// <summary>
    /// Tells whether a column that fills nothing may have the address of the one whom the row is for, and not of the
    /// one whose address is used.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="used">The one whose address is used.</param>
    public static bool MayBeMeant(string column, string used)
    {
        var words = ColumnNames.WordsOf(column).Trim();
        if (s_staff.IsMatch(words) || s_around.IsMatch(words) || IsOfOptOut(column))
        {
            return false;
        }

        // A client or a member may be a company or a parent. A patient or a student is the person, unless the messages
        // are for the parents.
        return ColumnNames.MayBeOfAnother(used)
            || (ColumnNames.IsByRole(used) && !ColumnNames.MayBeOfPayer(used)
                ? s_person.IsMatch(words) || s_parent.IsMatch(words)
                : !s_thing.IsMatch(words)
                    && !s_uncertain.IsMatch(words)
                    && !s_own.IsMatch(words)
                    && words != ColumnNames.WordsOf(used).Trim());
    }

    // An address there is that of somebody who wants no messages, or the one to say so to.
    private static bool IsOfOptOut(string column) =>
        OptOutColumns.Find(column) is not null
        || OptOutColumns.IsLikeOne(column)
        || s_gone.IsMatch(ColumnNames.WordsOf(column));
}
