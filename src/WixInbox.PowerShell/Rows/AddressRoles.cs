using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>Whose address a column has that fills nothing, by the words of its name.</summary>
internal static class AddressRoles
{
    // The sender of a mail, and those who look after the person of the row.
    private static readonly Regex s_staff = new(
        @"^from|\b(owners?|reps?|agents?|cc|bcc|by|hosts?|shop|store)\b|sender|reply ?to|representative|staff|manager"
            + "|assign|advis[eo]r|consultant|sales|seller|vendor|supplier|merchant|organi[sz]er|instructor|teacher"
            + "|trainer|coach|provider|support|referr|emergency|absender|betreuer|berater|mitarbeiter|verkäufer"
            + "|vertrieb|sachbearbeiter|expéditeur|conseiller|propriétaire|gestionnaire|remitente|propietari|asesor"
            + "|agente|担当|営業",
        RegexOptions.CultureInvariant);

    // Those who may be staff, and may be the person.
    private static readonly Regex s_uncertain = new(
        @"^to\b|\b(users?|employees?)\b|user ?name|point ?person|notfall", RegexOptions.CultureInvariant);

    /// <summary>Tells whether a column has the address of somebody who sends, or looks after others.</summary>
    public static bool IsOfStaff(string column) => s_staff.IsMatch(ColumnNames.WordsOf(column));

    /// <summary>Tells whether a column may be proposed as the one with the addresses of the rows' people.</summary>
    public static bool MayBeOfPerson(string column) =>
        ColumnNames.WordsOf(column) is var words && !s_staff.IsMatch(words) && !s_uncertain.IsMatch(words);
}
