using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Finds which column of a row gave a parameter its value: the engine binds by name and alias and does not say which.
/// </summary>
internal sealed class ColumnFinder
{
    private readonly List<(ParameterMetadata Parameter, string[] Names)> _parameters = [];
    private readonly List<(ParameterMetadata Parameter, Type Type, string[] Names)> _words = [];

    /// <summary>Initializes a new instance of the <see cref="ColumnFinder"/> class.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="typed">The parameters that were typed, which no column can set.</param>
    public ColumnFinder(CommandInfo command, ICollection<string> typed)
    {
        foreach (var parameter in command.Parameters.Values)
        {
            if (!typed.Contains(parameter.Name) && parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName))
            {
                string[] names = [parameter.Name, .. parameter.Aliases];
                _parameters.Add((parameter, names));
                var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
                if (type.IsEnum)
                {
                    _words.Add((parameter, type, names));
                }
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
                    found[parameter.Name] = property.Name;
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Finds the columns whose word is none that the parameter knows. The engine then leaves the parameter as if it were not given and says nothing,
    /// so that the row would be sent without it.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="parameterSet">The parameter set that the row was bound in.</param>
    /// <param name="bound">The parameters that were bound.</param>
    /// <returns>The parameter, its enumeration, and the word.</returns>
    public IEnumerable<(string Parameter, Type Type, string Value)> FindUnknown(PSObject? row, string parameterSet, ICollection<string> bound)
    {
        foreach (var (parameter, type, names) in _words)
        {
            if (row is not null && parameter.ParameterSets.ContainsKey(parameterSet) && !bound.Contains(parameter.Name))
            {
                var property = names.Select(name => row.Properties[name]).FirstOrDefault(property => property is not null);
                var value = property?.Value?.ToString();
                if (!string.IsNullOrWhiteSpace(value))
                {
                    yield return (parameter.Name, type, value!);
                }
            }
        }
    }
}
