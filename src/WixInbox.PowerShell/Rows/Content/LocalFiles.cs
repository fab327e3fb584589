using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;
using WixInbox.Pipeline;

namespace WixInbox.Rows;

/// <summary>The files that the rows of a run name. Each is read once, however many rows name it.</summary>
/// <param name="cmdlet">Whose location a path is relative to.</param>
/// <param name="stop">Ends the reading of a file when the pipeline stops: a large one takes a while.</param>
internal sealed class LocalFiles(PSCmdlet cmdlet, PipelineStop stop)
{
    // Each row may name another file, and the number of rows has no limit. When this many are known, all are forgotten,
    // and read again if they are named again.
    private const int Capacity = 10_000;

    private readonly Dictionary<string, FileCheck> _checks = new(StringComparer.Ordinal);

    /// <summary>Finds out what a path names. Wildcard characters are taken literally.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped while the file was read.</exception>
    public FileCheck Check(string path)
    {
        if (cmdlet.ResolvePath(path, out var problem) is not { } full)
        {
            return new FileCheck(
                path, null, ErrorIds.PathInvalid, $"'{path}' is not the path of a file: {problem}");
        }

        if (!_checks.TryGetValue(full, out var check))
        {
            if (_checks.Count == Capacity)
            {
                _checks.Clear();
            }

            _checks[full] = check = Read(full);
        }

        return check;
    }

    /// <summary>
    /// Makes the item of a message that stands for a file, even if the file cannot be read: the check of the row
    /// reports that.
    /// </summary>
    public BasicItem Item(string path, bool asImage) => Check(path).File is { } file
        ? BasicItem.Of(file, asImage)
        : new BasicItem { Image = asImage ? new ImageMessage() : null, File = asImage ? null : new FileMessage() };

    /// <summary>Finds what is wrong with the files of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="found">What is wrong with it.</param>
    public void AddProblems(Row row, List<RowViolation> found)
    {
        Add(nameof(MessageCommand.ImagePath), nameof(MessageCommand.ImageUrl), asImage: true);
        Add(nameof(MessageCommand.FilePath), nameof(MessageCommand.FileUrl), asImage: false);

        void Add(string parameter, string ofAddresses, bool asImage)
        {
            foreach (var path in row.Get<string[]>(parameter) ?? [])
            {
                if (string.IsNullOrWhiteSpace(path))
                {
                    continue;
                }

                var check = Check(path);
                var (rule, problem) = check.File is { IsImage: false } && asImage
                    ? (
                        ErrorIds.ImageTypeUnknown,
                        $"'{check.Path}' is not a PNG, JPEG, GIF or WebP image. -FilePath sends it as a file.")
                    : (check.Rule, check.Problem);
                if (rule is null)
                {
                    continue;
                }

                var advice = path.IndexOf("://", StringComparison.Ordinal) > 0
                    ? $" It is an address: -{ofAddresses} takes those."
                    : rule == ErrorIds.FileNotFound && WildcardPattern.ContainsWildcardCharacters(path)
                        ? $" Wildcards are taken literally here: -{parameter} {Matching(row, parameter, path)} "
                            + "sends all files that match."
                    : string.Empty;
                found.Add(new RowViolation(row, row.NameOf(parameter), rule, Words.Sentence(problem!) + advice));
            }
        }
    }

    // A file that the row itself names must not go to all rows.
    private static string Matching(Row row, string parameter, string path) =>
        !row.IsOfRow(parameter) ? $"(Get-ChildItem '{path}')"
        : row.ColumnFor(parameter) is { } column ? $"{{ Get-ChildItem {ColumnExpression.For(column)} }}"
        : "{ Get-ChildItem … }, with what the block has now,";

    private FileCheck Read(string path)
    {
        try
        {
            return new FileCheck(path, stop.Run(stopped => LocalFile.Read(path, stopped)), null, null);
        }
        catch (LocalFileException exception)
        {
            return new FileCheck(path, null, exception.Code, exception.Message);
        }
    }
}
