using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Remit.Web;

/// <summary>What an endpoint answers with a page; known everywhere by the name of its function.</summary>
public static class PageResult
{
    /// <param name="data">The page's parameters by their names.</param>
    public static IResult Page<TPage>(object data)
        where TPage : IComponent => new RazorComponentResult<TPage>(data);
}
