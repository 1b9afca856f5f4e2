using System.Linq.Expressions;

namespace Remit.Web.Lists;

/// <summary>Conditions put together: both are about the same row, whatever each calls it.</summary>
public static class Predicate
{
    public static Expression<Func<TRow, bool>> Not<TRow>(Expression<Func<TRow, bool>> one) =>
        Expression.Lambda<Func<TRow, bool>>(Expression.Not(one.Body), one.Parameters);

    public static Expression<Func<TRow, bool>> Or<TRow>(Expression<Func<TRow, bool>> one, Expression<Func<TRow, bool>> other) =>
        Join(one, other, Expression.OrElse);

    public static Expression<Func<TRow, bool>> And<TRow>(Expression<Func<TRow, bool>> one, Expression<Func<TRow, bool>> other) =>
        Join(one, other, Expression.AndAlso);

    private static Expression<Func<TRow, bool>> Join<TRow>(
        Expression<Func<TRow, bool>> one,
        Expression<Func<TRow, bool>> other,
        Func<Expression, Expression, Expression> how
    ) =>
        Expression.Lambda<Func<TRow, bool>>(
            how(one.Body, new Renamed(other.Parameters[0], one.Parameters[0]).Visit(other.Body)),
            one.Parameters
        );

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
