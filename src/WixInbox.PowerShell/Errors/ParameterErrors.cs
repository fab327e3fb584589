using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The errors of what was typed, which end a command before its first row.</summary>
internal static class ParameterErrors
{
    /// <summary>A value that the parameter does not take.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">What was typed.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static ErrorRecord ValueInvalid(string parameter, RowValue value, string problem)
    {
        var several = value.Type == typeof(string)
            && value.Value is not string
            && LanguagePrimitives.GetEnumerable(value.Value) is { } items
            ? $"-{parameter} takes one value for all rows, and was given several. "
                + (parameter is "Text" or "Title" or "Description" or "PreviewText"
                    ? $"If they are the lines of one text, join them: -{parameter} ($lines -join \"`n\"), or read the "
                        + "file with Get-Content -Raw. Else make a row of each: "
                    : "Make a row of each: ")
                + $"{string.Join(", ", items.Cast<object?>().Take(3).Select(item => $"'{item}'"))} | "
                + $"… -{parameter} {{ $_ }}."
            : $"-{parameter}: {problem}";
        return Invalid(ErrorIds.ParameterValueInvalid, several, value.Value);
    }

    /// <summary>A part of the message that was typed and is nothing: all would get the message without it.</summary>
    public static ErrorRecord ValueEmpty(string parameter) => Invalid(
        ErrorIds.ParameterValueInvalid,
        $"-{parameter} is empty: check the spelling of the variable, or what the command in its place finds. To send "
            + $"the message without it, leave -{parameter} out.",
        null);

    /// <summary>One of several values, or an entry of a hashtable, that is empty.</summary>
    public static ErrorRecord PartEmpty(string parameter, string part) => Invalid(
        ErrorIds.ParameterValueInvalid,
        $"-{parameter}: {part} is empty: check the spelling of the variable, or of the column where the value is to be "
            + "made for each row, in a script block. To send the message without it, leave it out.",
        null);

    /// <summary>A value that reads <c>$_</c> and is no script block: it is made once, when there is no row.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="source">What was typed.</param>
    /// <param name="meant">What would have been right in a block.</param>
    public static ErrorRecord BlockMissing(string parameter, string source, string meant) => Invalid(
        ErrorIds.BlockMissing,
        $"-{parameter} {Words.Shorten(source, 100)} is evaluated once, before the first row comes, when $_ is empty. "
            + $"Put it in braces to evaluate it for each row: -{parameter} {{ {Words.Shorten(meant, 100)} }}.",
        source);

    /// <summary>A text with a dollar sign that was taken for the beginning of a variable.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="variable">The variable that was read in its place.</param>
    public static ErrorRecord SignLost(string parameter, UnsetVariable variable) => Invalid(
        ErrorIds.ColumnUnknown,
        $"-{parameter}: In double quotes, a dollar sign begins a variable, and ${variable.Name} is not set. A dollar "
            + $"sign itself is written with a backtick: {variable.Meant}. "
            + TextProblems.SkipHint(TextCheck.ColumnUnknown),
        "$" + variable.Name);

    /// <summary>A script block inside of a value that is made once, where nothing runs it.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="meant">What would be right in a block around the whole.</param>
    public static ErrorRecord BlockInside(string parameter, string meant) => Invalid(
        ErrorIds.BlockMissing,
        $"-{parameter} has a script block inside its value, where it is not run. The whole value belongs in the "
            + $"block: -{parameter} {{ {Words.Shorten(meant, 300)} }}.",
        meant);

    /// <summary>
    /// A block with a <c>break</c> or <c>continue</c> that is in none of its loops, or with an <c>exit</c>.
    /// </summary>
    public static ErrorRecord BlockLeavesPipeline(string parameter, string statement) => Invalid(
        ErrorIds.BlockLeavesPipeline,
        $"The block of -{parameter} has '{statement}', which would end the whole script at the first row that comes to "
            + "it. To send nothing for a row, leave it out before: "
            + "Where-Object { … } | Send-WixInboxMessage.",
        statement);

    /// <summary>A block that counts with a variable of its caller, which it gets anew for each row.</summary>
    public static ErrorRecord BlockCountsAnew(string parameter, string variable, string source) => Invalid(
        ErrorIds.BlockCountsAnew,
        $"The block of -{parameter} has '{Words.Shorten(source)}', and ${variable} starts over for each row: a block "
            + "has its own variables. To count over all rows: "
            + $"$script:{variable}, in the block and where it is set.",
        source);

    /// <summary>A block where the name of a column is wanted.</summary>
    public static ErrorRecord ColumnWanted(string parameter, string source) => Invalid(
        ErrorIds.ParameterValueInvalid,
        $"-{parameter} takes the name of a column, and was given a block. To make a column of it: Select-Object *, "
            + $"@{{ Name = 'Key'; Expression = {{ {Words.Shorten(source.Trim())} }} }} | … -{parameter} Key.",
        source);

    /// <summary>A name of blanks.</summary>
    public static ErrorRecord NameEmpty() => Invalid(
        ErrorIds.ParameterValueInvalid, "-Name has nothing but blanks. Give a first name, a last name or both.", null);

    /// <summary>Kinds of content of which a message can have but one.</summary>
    public static ErrorRecord KindAmbiguous(IEnumerable<string> kinds) => Invalid(
        ErrorIds.ParameterCombinationInvalid,
        $"{Words.List(kinds.Select(kind => "-" + kind))} cannot be combined: a message is one of them.",
        null);

    /// <summary>A parameter of another kind of content than the message has.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="kind">What the message is, for example <c>a card (-Template)</c>.</param>
    /// <param name="own">The parameters that this takes.</param>
    /// <param name="others">The kinds that take the parameter.</param>
    public static ErrorRecord OfOtherKind(
        string parameter, string kind, IEnumerable<string> own, IEnumerable<string> others) => Invalid(
            ErrorIds.ParameterCombinationInvalid,
            $"-{parameter} does not belong to {kind}, which takes {Words.List(own.Select(name => "-" + name))}. "
                + $"It belongs to {Words.List(others, "or")}.",
            parameter);

    private static ErrorRecord Invalid(string id, string message, object? target) =>
        new(new WixInboxException(message), id, ErrorCategory.InvalidArgument, target);
}
