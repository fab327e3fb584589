using System.Collections;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>A row as it came down the pipeline, and how to speak of it.</summary>
internal sealed class Row
{
    private const int MostColumns = 20;
    private const int LongestName = 60;

    private readonly PSObject? _input;
    private readonly ColumnFinder _finder;
    private readonly bool _prebuilt;

    /// <summary>Initializes a new instance of the <see cref="Row"/> class.</summary>
    /// <param name="number">Its number, from 1; null for a call that no rows are piped into.</param>
    /// <param name="input">The row itself, if there is one.</param>
    /// <param name="finder">Finds the columns that gave their value to a parameter.</param>
    /// <param name="recipient">Whom it names, if it does.</param>
    /// <param name="prebuilt">Whether its content was given whole, with -Content.</param>
    public Row(int? number, PSObject? input, ColumnFinder finder, Recipient? recipient, bool prebuilt)
    {
        Number = number;
        _input = input;
        _finder = finder;
        _prebuilt = prebuilt;
        Recipient = recipient;
    }

    public int? Number { get; }

    public Recipient? Recipient { get; }

    /// <summary>Gets what an error is about: the row, so that it can be exported and sent again; without one, the id or address that was typed.</summary>
    public object? Target
    {
        get => field ?? _input ?? (object?)Recipient?.Id;
        init;
    }

    /// <summary>Gets the row, if its columns may have filled parameters. The engine reads none of one that was typed as -InputObject.</summary>
    public PSObject? Columns => Number is null ? null : _input;

    /// <summary>Gets a hint for a row that lacks something: which columns it has, of which one may be misspelt, or why it has none. It begins with a blank.</summary>
    public string Hint
    {
        get
        {
            if (_input is not null && Columns is null)
            {
                return " An object that is given with -InputObject does not fill parameters. Pipe it in.";
            }

            if (_input?.BaseObject is IDictionary)
            {
                return " The row is a hashtable, whose keys are not columns: cast it with [pscustomobject].";
            }

            if (_input is null || _input.BaseObject is string || _input.BaseObject is ValueType)
            {
                return string.Empty;
            }

            string[] columns = [.. _input.Properties.Select(property => Shorten(property.Name, LongestName))];
            var others = columns.Length > MostColumns ? FormattableString.Invariant($" and {columns.Length - MostColumns} more") : string.Empty;
            return columns.Length == 0 ? string.Empty : $" The row's columns are {string.Join(", ", columns.Take(MostColumns).Select(Visible))}{others}.";
        }
    }

    /// <summary>Gets a hint for a row whose columns look as those of a CSV do that was read with another separator or encoding than it has. It begins with a blank.</summary>
    public string? Misread
    {
        get
        {
            string[] columns = _input is null || _input.BaseObject is not PSCustomObject ? [] : [.. _input.Properties.Select(property => property.Name)];
            return Rows.Misread.Describe(columns);
        }
    }

    /// <summary>Gets a value indicating whether the row is a text, which has no columns.</summary>
    public bool IsText => Columns?.BaseObject is string;

    /// <summary>Tells whether the row has a column of a name, filled or not.</summary>
    public bool HasColumn(string name) => _input?.Properties[name] is not null;

    /// <summary>Names where a value came from.</summary>
    public string NameOf(string parameter) => ColumnFor(parameter) is { } column ? "column " + column : "-" + parameter;

    /// <summary>Names where the value of a field of the request came from; the field itself, where no parameter sets it alone.</summary>
    public string NameOfField(string field) => FieldParameters.Find(field, _prebuilt) is { } parameter ? NameOf(parameter) : field;

    /// <summary>Tells whether the row has a column for a parameter, filled or not.</summary>
    public bool HasColumnFor(string parameter) => ColumnFor(parameter) is not null;

    /// <summary>Gets the row's column for a parameter, filled or not.</summary>
    public string? ColumnFor(string parameter) => _finder.Find(Columns, parameter);

    /// <summary>Says that a text has letters that were misread when its file was, if it has.</summary>
    public string? WarningOf(string parameter, string? text) =>
        Rows.Misread.FindIn(text) is not { } found ? null
        : Begin($"{NameOf(parameter)} has a '{found}', which stands for a letter that could not be read. The file may have been read in another encoding than it has. {Rows.Misread.Advice}");

    /// <summary>Begins a sentence about the row.</summary>
    public string Begin(string sentence) => Number is { } number ? FormattableString.Invariant($"Row {number}: {sentence}") : Capitalize(sentence);

    /// <summary>Gets a sentence with a capital at its beginning.</summary>
    public static string Capitalize(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence.Substring(1);

    /// <summary>Ends a sentence, if it has not ended.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[trimmed.Length - 1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }

    /// <summary>Gets as much of a value as an error names: a column may hold a page of text.</summary>
    public static string Shorten(string value, int longest)
    {
        if (value.Length <= longest)
        {
            return value;
        }

        // Not between the two halves of one character.
        return value.Remove(char.IsHighSurrogate(value[longest - 1]) ? longest - 1 : longest) + "…";
    }

    /// <summary>Says which rule a value breaks, and where that came from.</summary>
    public string Sentence(FieldViolation violation) => Sentence($"{NameOfField(violation.Field)}: {violation.Description}");

    // A blank at the end of a name is seen only between quotes.
    private static string Visible(string column) => column.Length == column.Trim().Length ? column : $"'{column}'";
}
