using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Finds which column of a row gave a parameter its value: the engine binds by name and alias and does not say which.
/// </summary>
internal sealed class ColumnFinder
{
    private readonly List<(string Parameter, string[] Names)> _parameters = [];

    /// <summary>Initializes a new instance of the <see cref="ColumnFinder"/> class.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="typed">The parameters that were typed, which no column can set.</param>
    public ColumnFinder(CommandInfo command, ICollection<string> typed)
    {
        foreach (var parameter in command.Parameters.Values)
        {
            if (!typed.Contains(parameter.Name) && parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName))
            {
                _parameters.Add((parameter.Name, [parameter.Name, .. parameter.Aliases]));
            }
        }
    }

    public IReadOnlyDictionary<string, string> Find(PSObject? row)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (row is null)
        {
            return found;
        }

        foreach (var (parameter, names) in _parameters)
        {
            foreach (var name in names)
            {
                if (row.Properties[name] is { } property)
                {
                    found[parameter] = property.Name;
                    break;
                }
            }
        }

        return found;
    }
}
