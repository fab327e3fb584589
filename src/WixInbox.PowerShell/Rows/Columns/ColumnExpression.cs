using System.Management.Automation.Language;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>The expressions that read a column in a script block, as an error can show them.</summary>
internal static class ColumnExpression
{
    /// <summary>Gets the expression that reads a column in a script block.</summary>
    /// <returns>For example <c>$_.FirstName</c> or <c>$_.'First Name'</c>.</returns>
    public static string For(string column) =>
        Unseen.IsIn(column) ? "$_." + Quote(column)
        : column.Length > 0
        && !char.IsDigit(column[0])
        && column.All(letter => char.IsLetterOrDigit(letter) || letter == '_')
            ? "$_." + column
            : $"$_.'{CodeGeneration.EscapeSingleQuotedStringContent(column)}'";

    /// <summary>Gets the expression that reads what stands in a column.</summary>
    /// <param name="path">The column, and the name of each part within the one before.</param>
    /// <returns>For example <c>$_.Address.City</c>.</returns>
    public static string For(string[] path) =>
        "$_" + string.Concat(path.Select(name => For(name).Substring("$_".Length)));

    /// <summary>Gets a name in double quotes, as it can be typed where a character of it cannot be seen.</summary>
    /// <returns>For example <c>"$([char]0xFEFF)Order"</c>.</returns>
    public static string Quote(string name) =>
        "\"" + string.Concat(name.Select(letter =>
            Unseen.Is(letter) ? FormattableString.Invariant($"$([char]0x{(int)letter:X4})")
            : letter is '"' or '$' or '`' ? "`" + letter
            : letter.ToString())) + "\"";

    /// <summary>Asks whether a column was meant.</summary>
    /// <param name="column">The column.</param>
    /// <param name="typed">What is typed for one whose name has a character that cannot be seen.</param>
    /// <returns>The question, which begins with a blank.</returns>
    public static string AskFor(string column, string typed) =>
        $" Did you mean '{Unseen.Show(column)}'?"
        + (Unseen.IsIn(column) ? $" It has a character that cannot be seen: {typed}." : string.Empty);
}
