using System.Collections;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// What a column says of the consent of a person, whatever stands in it: a text, a list or an object.
/// </summary>
internal static class ConsentAnswers
{
    // The members by which an object in a column says what a text there would. A label has a name.
    private static readonly string[] s_answers = ["state", "status", "value"];
    private static readonly string[] s_labels = ["name", "label", "title"];

    /// <summary>
    /// Reads a column that has one text or several, as a contact's labels are. Of an object, what it says as a whole is
    /// read: <c>@{ state = 'unsubscribed'; updated = … }</c>.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="isLabel">Whether the names of objects are read too, as those of labels are.</param>
    public static IEnumerable<string> In(Row row, string column, bool isLabel)
    {
        if (!row.TryRead(column, out var value) || RowValues.Unwrap(value) is not { } bare)
        {
            return [];
        }

        IEnumerable<object?> values =
            bare is not (string or IDictionary) and IEnumerable several ? several.Cast<object?>() : [value];
        return values.SelectMany(one =>
            RowValues.Unwrap(one) is not string && RowShape.RowOf(one) is { } inner ? In(row.Number, inner, isLabel)
            : RowValues.Unwrap(one) is not (null or PSObject or WixObject)
                && RowValues.Convert(one, typeof(string)).Value is string text ? [text]
            : Array.Empty<string>());
    }

    // What an object says by a member such as its state. One without such a member says it by the only text that it
    // has, or by those that it has when all of them are yes or no.
    private static IEnumerable<string> In(int? number, PSObject inner, bool isLabel)
    {
        if (OtherChannels.In(inner) is not null)
        {
            return [];
        }

        var row = new Row(number, inner, inner);
        (string Name, string Text)[] texts =
        [
            .. inner.Properties.Select(one => one.Name)
                .Where(name => IsPlain(row, name) && !OtherChannels.IsOther(name))
                .Select(name => (name, row.TextIn(name) ?? string.Empty))
                .Where(one => one.Item2.Length > 0),
        ];
        var said = texts.Where(one => ColumnNames.Normalize(one.Name) is var name
            && (s_answers.Contains(name) || (isLabel && s_labels.Contains(name)))).ToArray();
        return said.Length > 0 ? said.Select(one => one.Text)
            : texts.Length == 1 || texts.All(one => YesNo.Read(one.Text) is not null)
                ? texts.Select(one => one.Text)
            : [];
    }

    private static bool IsPlain(Row row, string column) =>
        RowValues.Unwrap(RowValues.Read(row.PropertyOf(column), out _)) is string or ValueType;
}
