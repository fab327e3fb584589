using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The columns of rows that say, or may say, who wants no messages. They are found once for all rows of a file.
/// </summary>
internal sealed class ConsentColumns
{
    private static readonly Regex s_question = new(
        @"^\s*question[\s_]*(\d+)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex s_answer = new(
        @"^\s*(?:response|answer)[\s_]*(\d+)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private readonly RowShape _shape;

    /// <summary>Initializes a new instance of the <see cref="ConsentColumns"/> class.</summary>
    /// <param name="shape">The columns, and where their row stands.</param>
    public ConsentColumns(RowShape shape)
    {
        _shape = shape;
        OptOuts =
        [
            .. shape.Columns.Select(column => (Column: column, Meaning: MeaningOf(column)))
                .Where(entry => entry.Meaning is not null)
                .Select(entry => (entry.Column, entry.Meaning!.Value)),
        ];
        Questions =
        [
            .. shape.Columns.Select(column => (Question: column, Answer: AnswerTo(column)))
                .Where(entry => entry.Answer is not null)
                .Select(entry => (entry.Question, entry.Answer!)),
        ];
        Others =
        [
            .. shape.Columns.Select((column, index) => (
                    Index: index,
                    Column: column,
                    Doubts: ColumnNames.Find(column) is ("Email", _)
                        ? Doubts.Yes | Doubts.No | Doubts.Numbers
                        : DoubtfulColumns.DoubtsOf(IsAside(column) ? shape.Path + column : column),
                    Meaning: MeaningOf(column)))
                .Where(entry => ColumnNames.Find(entry.Column) is null or ("Email", _)
                    && entry.Meaning is null or OptOutMeaning.Status)

                // What is asked is nobody's answer.
                .Where(entry => !Array.Exists(Questions, one => one.Question == entry.Column))
                .Select(entry => (entry.Index, entry.Column, entry.Doubts, entry.Meaning is not null)),
        ];
        LikeOptOuts =
        [
            .. shape.Columns.Where(column => IsAside(column)
                ? OptOutColumns.IsLikeOne(shape.Path + column, own: column)
                : OptOutColumns.IsLikeOne(column)),
        ];
    }

    /// <summary>Gets the columns that say who wants no messages.</summary>
    public (string Column, OptOutMeaning Meaning)[] OptOuts { get; }

    /// <summary>
    /// Gets the columns that fill nothing, or have addresses, and are not known to say who wants no messages, or only
    /// by some words, and what in each may say so.
    /// </summary>
    public (int Index, string Column, Doubts Doubts, bool IsStatus)[] Others { get; }

    /// <summary>
    /// Gets the columns of which each has a question, and those that have the answer: a program for bookings, such as
    /// Calendly, has Question 1 and Response 1.
    /// </summary>
    public (string Question, string Answer)[] Questions { get; }

    /// <summary>Gets the columns that by their names alone may say who wants no messages.</summary>
    public string[] LikeOptOuts { get; }

    private string? AnswerTo(string column) =>
        s_question.Match(column) is { Success: true } question
            ? Array.Find(
                _shape.Columns,
                other => s_answer.Match(other) is { Success: true } answer
                    && answer.Groups[1].Value == question.Groups[1].Value)
            : null;

    // What is about another channel is judged as if it stood in one column with the whole path for a name.
    private OptOutMeaning? MeaningOf(string column) =>
        IsAside(column) ? null : OptOutColumns.Find(column, _shape.Columns);

    private bool IsAside(string column) =>
        _shape.IsOfOther && !OtherChannels.IsMail(column) && OptOutColumns.Find(column) is not null;
}
