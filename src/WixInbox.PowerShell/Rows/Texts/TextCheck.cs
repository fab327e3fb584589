namespace WixInbox;

/// <summary>
/// A check of a message's text against its row, which can be switched off: each has the id of its error, and SameText,
/// which is a warning, has a word of its own.
/// </summary>
public enum TextCheck
{
    /// <summary>
    /// A script block reads a column that the row does not have, or a variable that is set nowhere: an error where it
    /// has a column's name or is a sum of money, <c>"It is $12.50"</c>; else, in a text, a warning.
    /// </summary>
    ColumnUnknown,

    /// <summary>
    /// The text has the row itself in it, an object, the name of a type, or a method that is not called: <c>@{First
    /// Name=Ada}</c>.
    /// </summary>
    RowInText,

    /// <summary>
    /// The text has a placeholder in it that was not replaced, such as <c>$($_.Name)</c>, a name in double braces,
    /// <c>*|FNAME|*</c>, <c>{0}</c>, or a column's name in single braces or brackets; or <c>\n</c>, which is no line
    /// end; or the whole text is a word for nothing, such as <c>#N/A</c>.
    /// </summary>
    PlaceholderInText,

    /// <summary>
    /// The text has a control character in it, a letter that could not be read from its file: <c>�</c>, or one that
    /// is written as in a web page: <c>&amp;eacute;</c>; or a tag of one, such as <c>&lt;br&gt;</c>.
    /// </summary>
    TextUnreadable,

    /// <summary>The text was read in another encoding than its file has: <c>JoÃ£o</c> for João.</summary>
    TextMisread,

    /// <summary>A script block gives the same text for all rows. This one is a warning.</summary>
    SameText,

    /// <summary>
    /// All rows are new to a journal that knows their recipients, as with a text that has the time in it: everybody
    /// would be written to again.
    /// </summary>
    TextChanged,
}
