namespace WixInbox.Rows;

/// <summary>What a cast makes of a text, and by whose rules.</summary>
internal enum CastKind
{
    /// <summary>A number, by the rules of English.</summary>
    Number,

    /// <summary>A date, by the rules of English.</summary>
    Date,

    /// <summary>A date, by the rules of the computer's language: what a parameter of a command takes.</summary>
    LocalDate,
}
